package io.depthcast.feed;

import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.TradeHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where all sources meet: gives each a {@link Door}, numbers what they tell in one epoch and one sequence, and yields it in
 * batches. Behind it nothing knows where a price came from. Feed loop.
 */
public final class Intake {
    /** What one poll may tell: half a second of the most that a source is made for. */
    private static final int MAX_PENDING_ROWS = 50_000;

    private final Books books;
    private final IntakeListener listener;
    private final Map<String, Listed> symbols = new HashMap<>();
    /** Those through which something is listed; whoever has another keeps it himself. */
    private final List<IntakeDoor> doors = new ArrayList<>();

    private final Heirless heirless = new Heirless();
    private EventBatch.Builder out;
    /** Up to this row nothing can be lost with this process; where there is no log nobody asks for more. */
    private long settledRow = Long.MAX_VALUE;

    private int listed;
    private int sources;
    private int lastId;
    /** Trades and candles that are told whole in the batch to come, each as heavy as a row. */
    private int remembered;

    private long nowMicros;
    private long nowNanos;

    /** @param epoch start of the numbers, microseconds since 1970, larger than of any former feed */
    public Intake(long epoch, IntakeListener listener) {
        this.books = Books.of(epoch);
        this.listener = listener;
        this.out = new EventBatch.Builder(epoch, 1);
    }

    /**
     * Goes on where another feed ended: with its numbers, its instruments and their books. Whoever defines one of these first
     * has it from then on, and the snapshot that it tells is told as the difference. What no source takes in time goes stale.
     */
    public Intake(FeedSnapshot from, IntakeListener listener, long nowNanos) {
        this.books = Books.of(from.epoch());
        this.listener = listener;
        this.out = new EventBatch.Builder(from.epoch(), from.sequence() + 1);
        books.replace(from);
        for (FeedSnapshot.Book book : from.books()) {
            Listing listing = book.listing();
            lastId = Math.max(lastId, listing.id());
            Listed inherited = Listed.inherited(listing, book.lastTradeId(), book.newestMicros());
            symbols.put(listing.instrument().symbol(), inherited);
            heirless.add(inherited);
        }
        listed = from.books().size();
        heirless.begin(nowNanos);
    }

    /**
     * The way in of a source; the same one for the same name, as long as anything is listed through it.
     *
     * @param silenceMillis so long without a word and its instruments are stale
     */
    public Door open(String name, int silenceMillis) {
        for (IntakeDoor door : doors) {
            if (door.name().equals(name)) {
                return door;
            }
        }
        return new IntakeDoor(this, name, silenceMillis);
    }

    /** Something is listed through this door from now on; its number, which is the next if it has none yet. */
    int enter(IntakeDoor door, int number) {
        doors.add(door);
        return number == IntakeDoor.NONE ? sources++ : number;
    }

    /** Nothing is listed through it any more. */
    void leave(IntakeDoor door) {
        doors.remove(door);
    }

    /** How many doors it keeps. */
    int doors() {
        return doors.size();
    }

    /**
     * It is now so late; before sources are polled.
     *
     * @param wallMicros microseconds since 1970
     * @param monotonicNanos {@link System#nanoTime()}
     */
    public void begin(long wallMicros, long monotonicNanos) {
        nowMicros = wallMicros;
        nowNanos = monotonicNanos;
    }

    /** What was told since the last call, and which sources fell silent; null if there is nothing. */
    public @Nullable EventBatch take() {
        int silent = 0;
        for (int i = 0; i < doors.size(); i++) {
            silent += doors.get(i).isSilent() ? 1 : 0;
        }
        for (Listed left : heirless.due(nowNanos)) {
            left.stale = true;
            tellStatus(left);
        }
        listener.silent(silent);
        return out.count() == 0 ? null : batch();
    }

    /** A batch without rows, for when there was nothing for a while. */
    public EventBatch heartbeat() {
        return batch();
    }

    private EventBatch batch() {
        EventBatch batch = out.build(nowMicros, nowNanos);
        books.applied(batch.lastSequence(), nowNanos);
        remembered = 0;
        out = new EventBatch.Builder(batch.epoch(), batch.lastSequence() + 1);
        return batch;
    }

    /** The state after all that was told. */
    public FeedSnapshot snapshot() {
        books.applied(out.nextSequence() - 1, nowNanos);
        return books.snapshot();
    }

    /** {@link Books#fingerprint()} after all that was told. */
    public long fingerprint() {
        books.applied(out.nextSequence() - 1, nowNanos);
        return books.fingerprint();
    }

    /** Rows up to this one are in the log; later ones are not, until this is called again. */
    public void settled(long row) {
        settledRow = row;
    }

    BooleanSupplier settling() {
        long row = out.nextSequence() - 1;
        return () -> row <= settledRow;
    }

    long nowMicros() {
        return nowMicros;
    }

    long nowNanos() {
        return nowNanos;
    }

    IntakeListener listener() {
        return listener;
    }

    /** After an event of a source that may have left the book crossed. */
    void noteCrossed(Listed of, String source) {
        if (of.becameCrossed()) {
            listener.crossed(source);
        }
    }

    boolean hasRoom() {
        return out.count() + remembered < MAX_PENDING_ROWS;
    }

    @Nullable
    Listed find(String symbol) {
        return symbols.get(symbol);
    }

    /** A place for a symbol that is not listed now; null if there is none. */
    @Nullable
    Listed place(String symbol) {
        Listed place = symbols.get(symbol);
        if (place != null && place.inherited) {
            return place;
        }
        if (listed >= EventRules.MAX_INSTRUMENTS || (place == null && symbols.size() >= EventRules.MAX_SYMBOLS)) {
            return null;
        }
        if (place == null) {
            place = new Listed(++lastId);
            symbols.put(symbol, place);
        }
        listed++;
        return place;
    }

    /** Writes the row that lists an instrument; its state. */
    InstrumentState define(Listing listing, long lastTradeId, @Nullable TradeHistory history, long timeMicros) {
        books.define(listing, lastTradeId, history, out.nextSequence(), timeMicros);
        out.define(listing, lastTradeId, history, timeMicros);
        remembered += history == null ? 0 : history.count();
        return Objects.requireNonNull(books.state(listing.id()));
    }

    /** Something of it is not known any more. */
    void lose(Listed of) {
        of.stale = true;
        of.whole = false;
        tellStatus(of);
    }

    void late(Listed of, boolean isLate) {
        of.late = isLate;
        tellStatus(of);
    }

    /** Writes a row if the status is another than was told last. */
    void tellStatus(Listed of) {
        InstrumentStatus status = of.status();
        if (status != of.told) {
            of.told = status;
            books.status(of.id, status);
            out.status(of.id, status, Math.max(nowMicros, of.newestMicros));
        }
    }

    void remove(int id, long timeMicros) {
        listed--;
        books.remove(id);
        out.remove(id, timeMicros);
    }

    /** Writes a row only if it changes anything. */
    void level(Listed of, Side side, long priceTicks, long sizeLots, long timeMicros) {
        if (of.state().applyLevel(side, priceTicks, sizeLots, out.nextSequence(), timeMicros)) {
            out.level(of.id, side, priceTicks, sizeLots, timeMicros);
        }
    }

    /** Removes first and then sets best first: so no level leaves or enters a view that does not do so in the outcome. */
    void replace(Listed of, Side side, Levels levels, long timeMicros) {
        for (long gone : WholeSide.pricesNotIn(levels, of.state().levels(side), side)) {
            level(of, side, gone, 0, timeMicros);
        }
        for (int i = 0; i < levels.count(); i++) {
            level(of, side, levels.priceTicks(i), levels.sizeLots(i), timeMicros);
        }
    }

    void apply(Listed of, Side side, LevelChanges changes, long timeMicros) {
        for (int i = 0; i < changes.count(); i++) {
            level(of, side, changes.priceTicks(i), changes.sizeLots(i), timeMicros);
        }
    }

    void trade(Listed of, Side taker, long priceTicks, long sizeLots, @Nullable String venueId, long timeMicros) {
        long tradeId = ++of.lastTradeId;
        of.state().applyTrade(taker, priceTicks, sizeLots, tradeId, venueId, out.nextSequence(), timeMicros);
        out.trade(of.id, taker, priceTicks, sizeLots, tradeId, venueId, timeMicros);
    }

    void time(int source, long clockMicros) {
        books.time(source, clockMicros, out.nextSequence());
        out.time(source, clockMicros);
    }
}
