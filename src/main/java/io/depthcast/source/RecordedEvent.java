package io.depthcast.source;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.TradeHistory;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event of a recording. Immutable, for it goes from the thread that reads to the feed loop.
 *
 * @param dueMicros when it was recorded, by which it is played; 0 with the one before it
 * @param timeMicros when it happened; 0 is when it was recorded
 */
record RecordedEvent(String symbol, What what, long dueMicros, long timeMicros) {
    static final int NO_SOURCE = -1;

    /** What happened. */
    sealed interface What {}

    /**
     * @param source number of who told it when it was recorded, {@link #NO_SOURCE} if nobody knows
     * @param history what was traded before, null if nobody knows
     */
    record Define(
            StepSize tick,
            StepSize lot,
            InstrumentStatus status,
            int source,
            @Nullable TradeHistory history) implements What {}

    record Status(InstrumentStatus status) implements What {}

    record Remove() implements What {}

    record Stale() implements What {}

    /** These symbols are listed, and no others. */
    record Listed(Set<String> symbols) implements What {}

    record Heartbeat() implements What {}

    /** @param bids price, size, price, size, in ticks and lots */
    record Levels(boolean isWhole, Pairs bids, Pairs asks) implements What {}

    record Print(
            Side taker,
            long priceTicks,
            long sizeLots,
            @Nullable String id) implements What {}

    /**
     * Tells it; null if it was taken.
     *
     * @param atMicros its time as clients are to see it
     */
    @Nullable
    Refusal tell(Door door, LevelChanges bids, LevelChanges asks, long atMicros) {
        if (what instanceof Levels levels) {
            fill(bids, levels.bids());
            fill(asks, levels.asks());
            return levels.isWhole()
                    ? door.snapshot(symbol, bids, asks, atMicros)
                    : door.update(symbol, bids, asks, atMicros);
        }
        if (what instanceof Print print) {
            return door.trade(symbol, print.taker(), print.priceTicks(), print.sizeLots(), print.id(), atMicros);
        }
        if (what instanceof Define define) {
            return door.define(symbol, define.tick(), define.lot(), define.status(), define.history());
        }
        if (what instanceof Status status) {
            return door.status(symbol, status.status());
        }
        if (what instanceof Remove) {
            return door.remove(symbol);
        }
        if (what instanceof Stale) {
            return door.stale(symbol);
        }
        door.heartbeat();
        return null;
    }

    /** The same, but that nobody knows what was traded before. */
    RecordedEvent withoutHistory() {
        return what instanceof Define define && define.history() != null
                ? new RecordedEvent(
                        symbol,
                        new Define(define.tick(), define.lot(), define.status(), define.source(), null),
                        dueMicros,
                        timeMicros)
                : this;
    }

    private static void fill(LevelChanges changes, Pairs of) {
        changes.clear();
        for (int i = 0; i < of.pairs.length; i += 2) {
            changes.add(of.pairs[i], of.pairs[i + 1]);
        }
    }

    static Pairs pairs(LevelChanges changes) {
        if (changes.count() == 0) {
            return Pairs.NONE;
        }
        long[] pairs = new long[2 * changes.count()];
        for (int i = 0; i < changes.count(); i++) {
            pairs[2 * i] = changes.priceTicks(i);
            pairs[2 * i + 1] = changes.sizeLots(i);
        }
        return new Pairs(pairs);
    }

    /** Levels of a side, no larger than they have to be. Immutable. */
    static final class Pairs {
        static final Pairs NONE = new Pairs(new long[0]);

        /** Price in ticks and size in lots, in turn. */
        private final long[] pairs;

        private Pairs(long[] pairs) {
            this.pairs = pairs;
        }

        int count() {
            return pairs.length / 2;
        }
    }
}
