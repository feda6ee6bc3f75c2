package io.depthcast.feed;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.TradeHistory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the feed's log in order, numbered {@code firstSequence} to {@code firstSequence + count - 1} without holes across
 * batches of an epoch. Applied whole between two flushes, so what belongs together is never seen by halves. Without rows it
 * says that the feed is there. Immutable once built; the arrays belong to the batch.
 *
 * <p>A trade comes after the level change it caused.
 */
public final class EventBatch {
    /** What a row says. */
    public enum Kind {
        BID_LEVEL(0),
        ASK_LEVEL(1),
        /** A trade whose taker bought. */
        BUY_TRADE(2),
        /** A trade whose taker sold. */
        SELL_TRADE(3),
        /** An instrument is listed, or listed otherwise; in other steps than before its book starts anew. */
        DEFINE(4),
        /** An instrument has another status. */
        STATUS(5),
        /** An instrument is listed no more. */
        REMOVE(6),
        /** The clock of a source, once a second of it: closes candles. */
        TIME(7);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** Its number in the byte form, 0 to 7. */
        int code() {
            return code;
        }

        public boolean isTrade() {
            return this == BUY_TRADE || this == SELL_TRADE;
        }

        public boolean isLevel() {
            return this == BID_LEVEL || this == ASK_LEVEL;
        }

        /** Side of the level, or of the taker. */
        public Side side() {
            return this == BID_LEVEL || this == BUY_TRADE ? Side.BID : Side.ASK;
        }
    }

    private final long epoch;
    private final long previous;
    private final long firstSequence;
    private final long wallMicros;
    private final long createdNanos;
    private final int count;
    private final int[] ids;
    private final Kind[] kinds;
    private final long[] priceTicks;
    private final long[] sizeLots;
    private final long[] tradeIds;
    private final long[] timeMicros;
    /** Venue ids and definitions; empty if no row has one. */
    private final @Nullable Object[] details;

    EventBatch(Builder from, long wallMicros, long createdNanos) {
        this.epoch = from.epoch;
        this.previous = from.previous;
        this.firstSequence = from.firstSequence;
        this.wallMicros = wallMicros;
        this.createdNanos = createdNanos;
        this.count = from.count;
        this.ids = from.ids;
        this.kinds = from.kinds;
        this.priceTicks = from.priceTicks;
        this.sizeLots = from.sizeLots;
        this.tradeIds = from.tradeIds;
        this.timeMicros = from.timeMicros;
        this.details = from.details;
    }

    /** Start of the feed's numbers, microseconds since 1970; a later feed has a larger one. */
    public long epoch() {
        return epoch;
    }

    /** Number of the last row before these, which who applies them must have. */
    public long previous() {
        return previous;
    }

    public long firstSequence() {
        return firstSequence;
    }

    public long lastSequence() {
        return firstSequence + count - 1;
    }

    /** Wall time of the feed when the batch was made, microseconds since 1970. */
    public long wallMicros() {
        return wallMicros;
    }

    /** {@link System#nanoTime()} of this process when the batch was made, or read. */
    public long createdNanos() {
        return createdNanos;
    }

    public int count() {
        return count;
    }

    public Kind kind(int index) {
        return kinds[index];
    }

    /** Of all kinds but TIME. */
    public int instrumentId(int index) {
        return ids[index];
    }

    /** Of TIME: number of the source. */
    public int source(int index) {
        return ids[index];
    }

    public long priceTicks(int index) {
        return priceTicks[index];
    }

    /** The level's new size, 0 when the level is gone; or the size of the trade, at least 1. */
    public long sizeLots(int index) {
        return sizeLots[index];
    }

    /** The trade's id, see {@link io.depthcast.book.Trade#id()}; of DEFINE that of the instrument's last trade; else 0. */
    public long tradeId(int index) {
        return tradeIds[index];
    }

    /** Microseconds since 1970; never falls for an instrument, nor for TIME of a source. */
    public long timeMicros(int index) {
        return timeMicros[index];
    }

    /** Of a trade: the venue's own name of it, or null. */
    public @Nullable String venueId(int index) {
        return details.length == 0 ? null : (String) details[index];
    }

    /** Of DEFINE. */
    public Listing listing(int index) {
        return definition(index).listing();
    }

    /** Of DEFINE: what was traded before, of an instrument that begins here; null if nothing is known of it. */
    public @Nullable TradeHistory history(int index) {
        return definition(index).history();
    }

    private Definition definition(int index) {
        if (details.length > index && details[index] instanceof Definition definition) {
            return definition;
        }
        throw new IllegalStateException("row " + index + " defines nothing, it is " + kinds[index]);
    }

    /** Of STATUS. */
    public InstrumentStatus status(int index) {
        return InstrumentStatus.ofCode((int) sizeLots[index]);
    }

    private record Definition(Listing listing, @Nullable TradeHistory history) {}

    /** Collects rows for one batch. Used once. */
    public static final class Builder {
        private static final int INITIAL_CAPACITY = 64;

        private final long epoch;
        private final long previous;
        private final long firstSequence;
        private int count;
        private int[] ids = new int[INITIAL_CAPACITY];
        private Kind[] kinds = new Kind[INITIAL_CAPACITY];
        private long[] priceTicks = new long[INITIAL_CAPACITY];
        private long[] sizeLots = new long[INITIAL_CAPACITY];
        private long[] tradeIds = new long[INITIAL_CAPACITY];
        private long[] timeMicros = new long[INITIAL_CAPACITY];
        private @Nullable Object[] details = {};

        public Builder(long epoch, long firstSequence) {
            this(epoch, firstSequence - 1, firstSequence);
        }

        public Builder(long epoch, long previous, long firstSequence) {
            this.epoch = epoch;
            this.previous = previous;
            this.firstSequence = firstSequence;
        }

        public int count() {
            return count;
        }

        /** Number of the row that comes next. */
        public long nextSequence() {
            return firstSequence + count;
        }

        public void level(int instrumentId, Side side, long priceTicks, long sizeLots, long timeMicros) {
            add(instrumentId, side == Side.BID ? Kind.BID_LEVEL : Kind.ASK_LEVEL, priceTicks, sizeLots, 0, timeMicros);
        }

        /** A trade that the venue has no name for. */
        public void trade(int instrumentId, Side taker, long priceTicks, long sizeLots, long tradeId, long timeMicros) {
            trade(instrumentId, taker, priceTicks, sizeLots, tradeId, null, timeMicros);
        }

        public void trade(
                int instrumentId,
                Side taker,
                long priceTicks,
                long sizeLots,
                long tradeId,
                @Nullable String venueId,
                long timeMicros) {
            Kind kind = taker == Side.BID ? Kind.BUY_TRADE : Kind.SELL_TRADE;
            add(instrumentId, kind, priceTicks, sizeLots, tradeId, timeMicros);
            if (venueId != null) {
                detail(venueId);
            }
        }

        /** Of an instrument of which is not known what was traded before. */
        public void define(Listing listing, long lastTradeId, long timeMicros) {
            define(listing, lastTradeId, null, timeMicros);
        }

        /**
         * @param lastTradeId after which the trades of the instrument are counted on, 0 to begin with 1
         * @param history what was traded up to that one
         */
        public void define(Listing listing, long lastTradeId, @Nullable TradeHistory history, long timeMicros) {
            add(listing.id(), Kind.DEFINE, 0, 0, lastTradeId, timeMicros);
            detail(new Definition(listing, history));
        }

        public void status(int instrumentId, InstrumentStatus status, long timeMicros) {
            add(instrumentId, Kind.STATUS, 0, status.code(), 0, timeMicros);
        }

        public void remove(int instrumentId, long timeMicros) {
            add(instrumentId, Kind.REMOVE, 0, 0, 0, timeMicros);
        }

        /** @param clockMicros the source's clock */
        public void time(int source, long clockMicros) {
            add(source, Kind.TIME, 0, 0, 0, clockMicros);
        }

        /**
         * @param wallMicros microseconds since 1970
         * @param createdNanos {@link System#nanoTime()}
         */
        public EventBatch build(long wallMicros, long createdNanos) {
            return new EventBatch(this, wallMicros, createdNanos);
        }

        private void add(int id, Kind kind, long priceTicks, long sizeLots, long tradeId, long timeMicros) {
            if (count == kinds.length) {
                grow();
            }
            this.ids[count] = id;
            this.kinds[count] = kind;
            this.priceTicks[count] = priceTicks;
            this.sizeLots[count] = sizeLots;
            this.tradeIds[count] = tradeId;
            this.timeMicros[count] = timeMicros;
            count++;
        }

        /** Of the row that was added last. */
        private void detail(Object detail) {
            if (details.length == 0) {
                details = new Object[kinds.length];
            }
            details[count - 1] = detail;
        }

        private void grow() {
            int capacity = 2 * count;
            ids = Arrays.copyOf(ids, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            priceTicks = Arrays.copyOf(priceTicks, capacity);
            sizeLots = Arrays.copyOf(sizeLots, capacity);
            tradeIds = Arrays.copyOf(tradeIds, capacity);
            timeMicros = Arrays.copyOf(timeMicros, capacity);
            details = details.length == 0 ? details : Arrays.copyOf(details, capacity);
        }
    }
}
