package io.depthcast.wire;

import io.depthcast.book.Levels;
import io.netty.buffer.ByteBuf;

/** Writes the parts of compact messages. Whatever does not fit its range is an {@link IllegalArgumentException}. */
final class CompactWriter {
    private CompactWriter() {}

    /** All 64 bits of the value, unsigned. */
    static void unsigned(long value, ByteBuf out) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** A small number for one that is near zero on either side. */
    static void signed(long value, ByteBuf out) {
        unsigned(BitWriter.zigzag(value), out);
    }

    /** A time, sequence, id or count. */
    static void natural(String field, long value, ByteBuf out) {
        check(field, value, 0, CompactFormat.MAX_NATURAL);
        unsigned(value, out);
    }

    /** A size in lots. */
    static void lots(String field, long value, ByteBuf out) {
        check(field, value, 0, Long.MAX_VALUE);
        unsigned(value, out);
    }

    static void check(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "expected " + field + " from " + least + " to " + most + ", got " + value);
        }
    }

    /**
     * How long before the frame was made the event happened, with the full time instead for one that is later than the
     * frame.
     */
    static void lag(long sentMillis, long timeMicros, BitWriter out) {
        check("time", timeMicros, 0, CompactFormat.MAX_NATURAL);
        long lagMicros = sentMillis * 1_000 - timeMicros;
        out.number(Math.max(0, lagMicros + 1), CompactFormat.LAG_ORDER);
        if (lagMicros < 0) {
            out.wide(timeMicros, CompactFormat.TIME_BITS);
        }
    }

    static void levels(Levels bids, Levels asks, BitWriter out) {
        out.number(bids.count(), CompactFormat.LEVEL_ORDER);
        out.number(asks.count(), CompactFormat.LEVEL_ORDER);
        int sizeOrder = sizeOrder(bids, asks);
        out.bits(sizeOrder, CompactFormat.SIZE_ORDER_BITS);
        side(bids, -1, 0, sizeOrder, out);
        side(asks, 1, bids.count() > 0 ? bids.priceTicks(0) : 0, sizeOrder, out);
    }

    /** Of the mean size: whatever it is, every size can be told. */
    private static int sizeOrder(Levels bids, Levels asks) {
        int count = 0;
        long sum = 0;
        for (int i = 0; i < bids.count(); i++) {
            sum += bids.sizeLots(i);
            count += bids.sizeLots(i) == 0 ? 0 : 1;
        }
        for (int i = 0; i < asks.count(); i++) {
            sum += asks.sizeLots(i);
            count += asks.sizeLots(i) == 0 ? 0 : 1;
        }
        long mean = count == 0 ? 0 : sum / count;
        int length = Long.SIZE - Long.numberOfLeadingZeros(mean);
        return Math.min(Math.max(0, length - 1), (1 << CompactFormat.SIZE_ORDER_BITS) - 1);
    }

    /**
     * @param direction 1 if the prices rise, -1 if they fall
     * @param otherTicks whence the first price is told if not from the best held
     */
    private static void side(Levels side, int direction, long otherTicks, int sizeOrder, BitWriter out) {
        for (int i = 0; i < side.count(); i++) {
            if (i == 0) {
                boolean fromHeld = side.heldBestTicks() != 0;
                out.bits(fromHeld ? 1 : 0, 1);
                out.signed(
                        side.priceTicks(0) - (fromHeld ? side.heldBestTicks() : otherTicks), CompactFormat.LEVEL_ORDER);
            } else {
                out.number(gap(side.priceTicks(i - 1), side.priceTicks(i), direction), CompactFormat.LEVEL_ORDER);
            }
            size(side.sizeLots(i), sizeOrder, out);
        }
    }

    /** Ticks between two levels, unsigned. */
    private static long gap(long better, long worse, int direction) {
        if (direction > 0 ? worse <= better : worse >= better) {
            throw new IllegalArgumentException("expected levels best first, got " + worse + " after " + better);
        }
        return (worse - better) * direction - 1;
    }

    private static void size(long sizeLots, int sizeOrder, BitWriter out) {
        if (sizeLots == 0) {
            out.bits(0, 1);
        } else {
            check("sizeLots", sizeLots, 0, Long.MAX_VALUE);
            out.bits(1, 1);
            out.number(sizeLots - 1, sizeOrder);
        }
    }
}
