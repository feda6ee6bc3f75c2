package io.depthcast.feed;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.TradeHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One source's door: whether it is there, its clock, its instruments. Feed loop. */
final class IntakeDoor implements Door, Listed.Owner {
    static final int NONE = -1;

    private final Intake intake;
    private final String name;
    private final long silenceNanos;
    private final SourceClock clock = new SourceClock();
    private final List<Listed> instruments = new ArrayList<>();
    /** Once it has listed anything. */
    private int source = NONE;

    private long heardNanos;
    private boolean silent = true;
    private boolean late;
    /** Whether its newest event had no time of its own, so that our clock is its clock. */
    private boolean timeless;

    IntakeDoor(Intake intake, String name, int silenceMillis) {
        this.intake = intake;
        this.name = name;
        this.silenceNanos = TimeUnit.MILLISECONDS.toNanos(silenceMillis);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Refusal define(
            String symbol,
            StepSize tickSize,
            StepSize lotSize,
            InstrumentStatus status,
            @Nullable TradeHistory history) {
        Listed listed = intake.find(symbol);
        boolean isNew = listed == null || listed.owner() == null;
        Refusal refusal = isNew ? EventRules.symbol(symbol) : EventRules.owner(listed, this, symbol);
        refusal = refusal == null ? EventRules.status(status) : refusal;
        refusal = refusal == null ? EventRules.history(history, intake.nowMicros()) : refusal;
        if (refusal != null) {
            return refusal;
        }
        Listed place = isNew ? intake.place(symbol) : listed;
        if (place == null) {
            return EventRules.tooManyInstruments();
        }
        heard();
        if (isNew) {
            if (instruments.isEmpty()) {
                source = intake.enter(this, source);
            }
            instruments.add(place);
        }
        define(place, new Instrument(place.id, symbol, tickSize, lotSize), status, isNew, history);
        return null;
    }

    private void define(
            Listed listed, Instrument as, InstrumentStatus status, boolean isNew, @Nullable TradeHistory history) {
        if (!isNew && listed.instrument().equals(as)) {
            declare(listed, status);
            return;
        }
        // What a former feed had told as stale is so until it is told whole.
        listed.stale &= listed.inherited;
        listed.late = late;
        listed.whole = false;
        listed.declared = status;
        listed.told = listed.status();
        Listing listing = new Listing(as, source, listed.told);
        long atMicros = Math.max(intake.nowMicros(), listed.newestMicros);
        TradeHistory remembered = listed.remember(history);
        listed.list(this, as, intake.define(listing, listed.lastTradeId, remembered, atMicros));
    }

    @Override
    public @Nullable Refusal status(String symbol, InstrumentStatus status) {
        Listed listed = intake.find(symbol);
        Refusal refusal = EventRules.owner(listed, this, symbol);
        refusal = refusal == null ? EventRules.status(status) : refusal;
        if (listed == null || refusal != null) {
            return refusal;
        }
        heard();
        declare(listed, status);
        return null;
    }

    private void declare(Listed listed, InstrumentStatus status) {
        listed.declared = status;
        intake.tellStatus(listed);
    }

    @Override
    public @Nullable Refusal remove(String symbol) {
        Listed listed = intake.find(symbol);
        Refusal refusal = EventRules.owner(listed, this, symbol);
        if (listed == null || refusal != null) {
            return refusal;
        }
        heard();
        instruments.remove(listed);
        if (instruments.isEmpty()) {
            intake.leave(this);
        }
        listed.unlist();
        intake.remove(listed.id, Math.max(intake.nowMicros(), listed.newestMicros));
        return null;
    }

    @Override
    public @Nullable Refusal snapshot(String symbol, LevelChanges bids, LevelChanges asks, long timeMicros) {
        Listed listed = intake.find(symbol);
        Refusal refusal = EventRules.levels(listed, this, symbol, true, bids, asks);
        refusal = refusal == null ? EventRules.time(timeMicros, intake.nowMicros()) : refusal;
        if (listed == null || refusal != null) {
            return refusal;
        }
        Levels newBids = WholeSide.of(Side.BID, bids);
        Levels newAsks = WholeSide.of(Side.ASK, asks);
        if (newBids == null || newAsks == null) {
            return EventRules.twice(symbol);
        }
        long at = at(listed, timeMicros);
        intake.replace(listed, Side.BID, newBids, at);
        intake.replace(listed, Side.ASK, newAsks, at);
        intake.noteCrossed(listed, name);
        listed.whole = true;
        listed.inherited = false;
        listed.stale = false;
        intake.tellStatus(listed);
        return null;
    }

    @Override
    public @Nullable Refusal update(String symbol, LevelChanges bids, LevelChanges asks, long timeMicros) {
        Listed listed = intake.find(symbol);
        Refusal refusal = EventRules.levels(listed, this, symbol, false, bids, asks);
        refusal = refusal == null ? EventRules.time(timeMicros, intake.nowMicros()) : refusal;
        if (listed == null || refusal != null) {
            return refusal;
        }
        long at = at(listed, timeMicros);
        intake.apply(listed, Side.BID, bids, at);
        intake.apply(listed, Side.ASK, asks, at);
        intake.noteCrossed(listed, name);
        return null;
    }

    @Override
    public @Nullable Refusal trade(
            String symbol, Side taker, long priceTicks, long sizeLots, @Nullable String venueId, long timeMicros) {
        Listed listed = intake.find(symbol);
        Refusal refusal = EventRules.trade(listed, this, symbol, priceTicks, sizeLots, venueId);
        refusal = refusal == null ? EventRules.time(timeMicros, intake.nowMicros()) : refusal;
        if (listed == null || refusal != null) {
            return refusal;
        }
        intake.trade(listed, taker, priceTicks, sizeLots, venueId, at(listed, timeMicros));
        return null;
    }

    /** When an event happened that was taken: never before the newest of its instrument, nor in a second that is over. */
    private long at(Listed listed, long toldMicros) {
        heard();
        timeless = toldMicros == 0;
        long timeMicros = timeless ? intake.nowMicros() : toldMicros;
        advance(timeMicros);
        long earliest = Math.max(listed.newestMicros, clock.toldSecondMicros());
        if (timeMicros < earliest && !timeless) {
            intake.listener().late(name);
        }
        listed.newestMicros = Math.max(timeMicros, earliest);
        return listed.newestMicros;
    }

    private void advance(long timeMicros) {
        if (clock.crosses(timeMicros, intake.nowMicros())) {
            long told = Math.min(timeMicros, intake.nowMicros());
            clock.told(told);
            intake.time(source, told);
        }
    }

    @Override
    public @Nullable Refusal stale(String symbol) {
        Listed listed = intake.find(symbol);
        Refusal refusal = EventRules.owner(listed, this, symbol);
        if (listed != null && refusal == null) {
            intake.lose(listed);
        }
        return refusal;
    }

    @Override
    public void heartbeat() {
        heard();
        if (timeless) {
            advance(intake.nowMicros());
        }
    }

    private void heard() {
        heardNanos = intake.nowNanos();
        silent = false;
    }

    @Override
    public void disconnected() {
        if (silent) {
            return;
        }
        silent = true;
        intake.listener().stale(name);
        instruments.forEach(intake::lose);
    }

    @Override
    public void late(boolean isLate) {
        if (late == isLate) {
            return;
        }
        late = isLate;
        if (isLate && !instruments.isEmpty()) {
            intake.listener().stale(name);
        }
        instruments.forEach(listed -> intake.late(listed, isLate));
    }

    /** Whether it has instruments of which nothing is heard. Once in every poll, for that is when it falls silent. */
    boolean isSilent() {
        if (!silent && intake.nowNanos() - heardNanos > silenceNanos) {
            disconnected();
        }
        return (silent || late) && !instruments.isEmpty();
    }

    @Override
    public @Nullable Instrument instrument(String symbol) {
        Listed listed = intake.find(symbol);
        return listed == null || listed.owner() != this ? null : listed.instrument();
    }

    @Override
    public boolean hasInstruments() {
        return !instruments.isEmpty();
    }

    @Override
    public boolean hasRoom() {
        return intake.hasRoom();
    }

    @Override
    public BooleanSupplier settling() {
        return intake.settling();
    }

    @Override
    public Door open(String other, int silenceMillis) {
        return intake.open(other, silenceMillis);
    }
}
