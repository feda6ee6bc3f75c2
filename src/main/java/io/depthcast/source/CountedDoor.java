package io.depthcast.source;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.TradeHistory;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import io.depthcast.metrics.SourceMeters;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is taken and what is refused, for sources that do not count it themselves. What is refused, unless it is a
 * trade, stales its instrument until that is told whole again. Feed loop.
 */
final class CountedDoor implements Door {
    private final Door door;
    private final SourceMeters meters;

    CountedDoor(Door door, SourceMeters meters) {
        this.door = door;
        this.meters = meters;
    }

    private @Nullable Refusal counted(@Nullable Refusal refusal) {
        if (refusal == null) {
            meters.taken();
        } else {
            meters.refused(refusal.code().text());
        }
        return refusal;
    }

    /** What was refused is not in the book, and whoever sent it hears nothing of that. */
    private @Nullable Refusal doubted(String symbol, @Nullable Refusal refusal) {
        if (refusal != null) {
            // Refused as well if it is another's, and then nothing of this source is wrong.
            var unused = door.stale(symbol);
        }
        return counted(refusal);
    }

    @Override
    public @Nullable Refusal define(
            String symbol,
            StepSize tickSize,
            StepSize lotSize,
            InstrumentStatus status,
            @Nullable TradeHistory history) {
        return doubted(symbol, door.define(symbol, tickSize, lotSize, status, history));
    }

    @Override
    public @Nullable Refusal status(String symbol, InstrumentStatus status) {
        return doubted(symbol, door.status(symbol, status));
    }

    @Override
    public @Nullable Refusal remove(String symbol) {
        return doubted(symbol, door.remove(symbol));
    }

    @Override
    public @Nullable Refusal snapshot(String symbol, LevelChanges bids, LevelChanges asks, long timeMicros) {
        return doubted(symbol, door.snapshot(symbol, bids, asks, timeMicros));
    }

    @Override
    public @Nullable Refusal update(String symbol, LevelChanges bids, LevelChanges asks, long timeMicros) {
        return doubted(symbol, door.update(symbol, bids, asks, timeMicros));
    }

    @Override
    public @Nullable Refusal trade(
            String symbol, Side taker, long priceTicks, long sizeLots, @Nullable String venueId, long timeMicros) {
        return counted(door.trade(symbol, taker, priceTicks, sizeLots, venueId, timeMicros));
    }

    @Override
    public void heartbeat() {
        door.heartbeat();
    }

    @Override
    public void disconnected() {
        door.disconnected();
    }

    @Override
    public @Nullable Refusal stale(String symbol) {
        return counted(door.stale(symbol));
    }

    @Override
    public void late(boolean isLate) {
        door.late(isLate);
    }

    @Override
    public @Nullable Instrument instrument(String symbol) {
        return door.instrument(symbol);
    }

    @Override
    public boolean hasInstruments() {
        return door.hasInstruments();
    }

    @Override
    public boolean hasRoom() {
        return door.hasRoom();
    }

    @Override
    public BooleanSupplier settling() {
        return door.settling();
    }

    @Override
    public Door open(String name, int silenceMillis) {
        return new CountedDoor(door.open(name, silenceMillis), meters);
    }
}
