package io.depthcast.feed;

import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.TradeHistory;
import io.depthcast.wire.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instruments of a feed, or a share of them, as they are after some row of its log: whoever has applied the same rows,
 * or taken over a snapshot of who did, says the same versions, trades and candles. Confined to one loop.
 */
public final class Books {
    /** What became of a batch. */
    public enum Applied {
        APPLIED,
        /** Nothing new in it. */
        OLD,
        /** Rows before it are missing: the books stand still until {@link #replace}. */
        GAP
    }

    private final int index;
    private final int shares;
    private final Roster roster;
    private long epoch;
    private long sequence;
    private long appliedNanos;
    private boolean whole;
    /** Up to this row some instruments are ahead of the others. */
    private long unevenTo;

    /** @param index which share, 0 to {@code shares - 1} */
    public Books(int index, int shares) {
        this(index, shares, true);
    }

    private Books(int index, int shares, boolean answers) {
        this.index = index;
        this.shares = shares;
        this.roster = new Roster(answers);
    }

    /** Which share has an instrument. */
    public static int shareOf(int instrumentId, int shares) {
        return instrumentId % shares;
    }

    /** All instruments of a feed that begins now, with nothing; of which snapshots are made, and nobody asks what changed. */
    static Books of(long epoch) {
        return of(epoch, 0);
    }

    /** The same, to be told what follows a row of that number. */
    public static Books of(long epoch, long sequence) {
        Books books = new Books(0, 1, false);
        books.epoch = epoch;
        books.sequence = sequence;
        books.whole = true;
        return books;
    }

    /**
     * All instruments as they are at a place of the log, or a little later: each is as its own state says, and rows up to
     * there are not applied to it again. Nobody asks these what changed.
     */
    public static Books joining(LogPlace from, List<LogState> states) {
        Books books = of(from.epoch());
        books.sequence = from.sequence();
        for (LogState state : states) {
            FeedSnapshot.Book book = state.book();
            if (book != null) {
                long row = state.place().sequence();
                books.roster.list(book.listing(), row).replace(from.epoch(), row, book.state());
                books.unevenTo = Math.max(books.unevenTo, row);
            }
        }
        return books;
    }

    /** Whether no row is missing that was heard of. */
    public boolean isWhole() {
        return whole && sequence >= unevenTo;
    }

    /** Equal only where the same rows were applied. */
    public long fingerprint() {
        long sum = epoch + sequence;
        for (Roster.Entry entry : roster.entries()) {
            Listing listing = entry.listing();
            long of = 31L * (31L * listing.id() + listing.source())
                    + listing.status().code();
            sum = 31 * sum + entry.state().fingerprint(of);
        }
        return sum;
    }

    public long epoch() {
        return epoch;
    }

    /** Number of the last row applied. */
    public long sequence() {
        return sequence;
    }

    /** The last event applied. */
    public Version newest() {
        return new Version(epoch(), sequence());
    }

    /** {@link System#nanoTime()} at which the newest batch that was applied was made; means nothing before the first. */
    public long appliedNanos() {
        return appliedNanos;
    }

    /** How many instruments are listed. */
    public int count() {
        return roster.count();
    }

    /** How many of these have a source that is silent or gone. */
    public int staleCount() {
        return roster.staleCount();
    }

    public @Nullable InstrumentState state(int instrumentId) {
        return roster.state(instrumentId);
    }

    /** One instrument as it is now; null if it is not listed. */
    public FeedSnapshot.@Nullable Book book(int instrumentId) {
        Listing listing = roster.listing(instrumentId);
        InstrumentState state = roster.state(instrumentId);
        return listing == null || state == null ? null : new FeedSnapshot.Book(listing, state.snapshot());
    }

    /** All that are listed, ascending ids. */
    public List<Listing> listings() {
        return roster.listings();
    }

    /** How the listings changed since the last call. */
    public ListingChanges takeChanges() {
        return roster.takeChanges();
    }

    /** Applies what is new in a batch, unless rows before it are missing. */
    public Applied apply(EventBatch batch) {
        if (batch.epoch() == epoch && isOld(batch)) {
            return Applied.OLD;
        }
        if (!whole || batch.epoch() != epoch || batch.previous() > sequence) {
            whole = false;
            return Applied.GAP;
        }
        for (int i = (int) Math.max(0, sequence + 1 - batch.firstSequence()); i < batch.count(); i++) {
            apply(batch, i);
        }
        sequence = batch.lastSequence();
        appliedNanos = batch.createdNanos();
        return Applied.APPLIED;
    }

    /** One without rows is not, while no row came after it: it says that the feed is there. */
    private boolean isOld(EventBatch batch) {
        return batch.lastSequence() < sequence || (batch.lastSequence() == sequence && batch.count() > 0);
    }

    private void apply(EventBatch batch, int i) {
        EventBatch.Kind kind = batch.kind(i);
        long row = batch.firstSequence() + i;
        if (kind == EventBatch.Kind.TIME) {
            time(batch.source(i), batch.timeMicros(i), row);
            return;
        }
        int id = batch.instrumentId(i);
        if ((shares > 1 && shareOf(id, shares) != index) || (row <= unevenTo && roster.knows(id, row))) {
            return;
        }
        switch (kind) {
            case BID_LEVEL, ASK_LEVEL, BUY_TRADE, SELL_TRADE -> {
                InstrumentState state = roster.state(id);
                if (state != null) {
                    apply(state, batch, i, row);
                }
            }
            case DEFINE -> define(batch.listing(i), batch.tradeId(i), batch.history(i), row, batch.timeMicros(i));
            case STATUS -> status(id, batch.status(i));
            default -> remove(id);
        }
    }

    private static void apply(InstrumentState state, EventBatch batch, int i, long row) {
        EventBatch.Kind kind = batch.kind(i);
        if (kind.isTrade()) {
            state.applyTrade(
                    kind.side(),
                    batch.priceTicks(i),
                    batch.sizeLots(i),
                    batch.tradeId(i),
                    batch.venueId(i),
                    row,
                    batch.timeMicros(i));
        } else {
            var unused =
                    state.applyLevel(kind.side(), batch.priceTicks(i), batch.sizeLots(i), row, batch.timeMicros(i));
        }
    }

    void define(Listing listing, long lastTradeId, @Nullable TradeHistory history, long row, long timeMicros) {
        Listing former = roster.listing(listing.id());
        InstrumentState state = roster.list(listing);
        if (former == null || !former.hasStepsOf(listing.instrument())) {
            state.startFrom(listing.instrument(), epoch, row, timeMicros, lastTradeId);
            if (history != null) {
                state.remember(epoch, row, history);
            }
        }
    }

    void status(int id, InstrumentStatus status) {
        Listing listing = roster.listing(id);
        if (listing != null) {
            var unused = roster.list(listing.with(status));
        }
    }

    void remove(int id) {
        roster.remove(id);
    }

    void time(int source, long clockMicros, long row) {
        for (Roster.Entry entry : roster.ofSource(source)) {
            if (!entry.knows(row)) {
                entry.state().advance(clockMicros, row);
            }
        }
    }

    /** The rows up to this one have been applied one by one. */
    void applied(long lastRow, long nowNanos) {
        sequence = lastRow;
        appliedNanos = nowNanos;
    }

    /**
     * Takes over a snapshot; what differs from the books counts as changed, and what it does not list is gone. Ignored if
     * older than the books, by its number: of two epochs the one that is told last counts.
     */
    public void replace(FeedSnapshot snapshot) {
        if (snapshot.epoch() == epoch && snapshot.sequence() < sequence) {
            return;
        }
        Set<Integer> kept = new HashSet<>();
        for (FeedSnapshot.Book book : snapshot.books()) {
            if (shareOf(book.listing().id(), shares) == index) {
                kept.add(book.listing().id());
                replace(book, snapshot);
            }
        }
        for (Listing listing : roster.listings()) {
            if (!kept.contains(listing.id())) {
                roster.remove(listing.id());
            }
        }
        epoch = snapshot.epoch();
        sequence = snapshot.sequence();
        appliedNanos = snapshot.createdNanos();
        whole = true;
    }

    private void replace(FeedSnapshot.Book book, FeedSnapshot from) {
        Listing former = roster.listing(book.listing().id());
        if (former != null
                && !former.instrument().symbol().equals(book.instrument().symbol())) {
            roster.remove(former.id());
        }
        roster.list(book.listing()).replace(from.epoch(), from.sequence(), book.state());
    }

    /** All of it as it is now. */
    public FeedSnapshot snapshot() {
        List<FeedSnapshot.Book> books = new ArrayList<>(roster.count());
        for (Roster.Entry entry : roster.entries()) {
            books.add(new FeedSnapshot.Book(entry.listing(), entry.state().snapshot()));
        }
        return new FeedSnapshot(epoch, sequence, appliedNanos, List.copyOf(books));
    }
}
