package io.depthcast.feed;

import io.depthcast.book.Side;
import java.util.Arrays;

/**
 * Market events in feed order, numbered {@code firstSequence} to {@code firstSequence + count - 1} without holes across
 * batches of an epoch. Immutable once built; the arrays belong to the batch.
 *
 * <p>An event is either a level change (the level's new absolute size, 0 when it is gone) or a trade. A trade comes after
 * the level change it caused.
 */
public final class EventBatch {
    /** What happened. */
    public enum Kind {
        BID_LEVEL,
        ASK_LEVEL,
        /** A trade whose taker bought. */
        BUY_TRADE,
        /** A trade whose taker sold. */
        SELL_TRADE;

        public boolean isTrade() {
            return this == BUY_TRADE || this == SELL_TRADE;
        }

        /** Side of the level, or of the taker. */
        public Side side() {
            return this == BID_LEVEL || this == BUY_TRADE ? Side.BID : Side.ASK;
        }
    }

    private final long epoch;
    private final long firstSequence;
    private final long createdNanos;
    private final int count;
    private final int[] instrumentIds;
    private final Kind[] kinds;
    private final long[] priceTicks;
    private final long[] sizeLots;
    private final long[] tradeIds;
    private final long[] timeMicros;

    EventBatch(Builder from, long createdNanos) {
        this.epoch = from.epoch;
        this.firstSequence = from.firstSequence;
        this.createdNanos = createdNanos;
        this.count = from.count;
        this.instrumentIds = from.instrumentIds;
        this.kinds = from.kinds;
        this.priceTicks = from.priceTicks;
        this.sizeLots = from.sizeLots;
        this.tradeIds = from.tradeIds;
        this.timeMicros = from.timeMicros;
    }

    public long epoch() {
        return epoch;
    }

    public long firstSequence() {
        return firstSequence;
    }

    public long lastSequence() {
        return firstSequence + count - 1;
    }

    /** {@link System#nanoTime()} of the feed's process when the batch was made. */
    public long createdNanos() {
        return createdNanos;
    }

    public int count() {
        return count;
    }

    public int instrumentId(int index) {
        return instrumentIds[index];
    }

    public Kind kind(int index) {
        return kinds[index];
    }

    public long priceTicks(int index) {
        return priceTicks[index];
    }

    /** The level's new size, 0 when the level is gone; or the size of the trade, at least 1. */
    public long sizeLots(int index) {
        return sizeLots[index];
    }

    /** The trade's id, see {@link io.depthcast.book.Trade#id()}; 0 for a level change. */
    public long tradeId(int index) {
        return tradeIds[index];
    }

    /** Microseconds since 1970; never falls within an epoch. */
    public long timeMicros(int index) {
        return timeMicros[index];
    }

    /** Collects events for one batch. Used once. */
    public static final class Builder {
        private static final int INITIAL_CAPACITY = 64;

        private final long epoch;
        private final long firstSequence;
        private int count;
        private int[] instrumentIds = new int[INITIAL_CAPACITY];
        private Kind[] kinds = new Kind[INITIAL_CAPACITY];
        private long[] priceTicks = new long[INITIAL_CAPACITY];
        private long[] sizeLots = new long[INITIAL_CAPACITY];
        private long[] tradeIds = new long[INITIAL_CAPACITY];
        private long[] timeMicros = new long[INITIAL_CAPACITY];

        public Builder(long epoch, long firstSequence) {
            this.epoch = epoch;
            this.firstSequence = firstSequence;
        }

        public int count() {
            return count;
        }

        /** Adds a level change. */
        public void level(int instrumentId, Side side, long priceTicks, long sizeLots, long timeMicros) {
            add(instrumentId, side == Side.BID ? Kind.BID_LEVEL : Kind.ASK_LEVEL, priceTicks, sizeLots, 0, timeMicros);
        }

        /** Adds a trade. */
        public void trade(int instrumentId, Side taker, long priceTicks, long sizeLots, long tradeId, long timeMicros) {
            Kind kind = taker == Side.BID ? Kind.BUY_TRADE : Kind.SELL_TRADE;
            add(instrumentId, kind, priceTicks, sizeLots, tradeId, timeMicros);
        }

        /** @param createdNanos {@link System#nanoTime()} */
        public EventBatch build(long createdNanos) {
            return new EventBatch(this, createdNanos);
        }

        private void add(int instrumentId, Kind kind, long priceTicks, long sizeLots, long tradeId, long timeMicros) {
            if (count == kinds.length) {
                grow();
            }
            this.instrumentIds[count] = instrumentId;
            this.kinds[count] = kind;
            this.priceTicks[count] = priceTicks;
            this.sizeLots[count] = sizeLots;
            this.tradeIds[count] = tradeId;
            this.timeMicros[count] = timeMicros;
            count++;
        }

        private void grow() {
            int capacity = 2 * count;
            instrumentIds = Arrays.copyOf(instrumentIds, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            priceTicks = Arrays.copyOf(priceTicks, capacity);
            sizeLots = Arrays.copyOf(sizeLots, capacity);
            tradeIds = Arrays.copyOf(tradeIds, capacity);
            timeMicros = Arrays.copyOf(timeMicros, capacity);
        }
    }
}
