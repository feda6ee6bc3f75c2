package io.depthcast.wire;

import io.depthcast.book.Levels;
import io.netty.buffer.ByteBuf;

/** Writes the parts of compact messages. Whatever does not fit its range is an {@link IllegalArgumentException}. */
final class CompactWriter {
    private static final int MAX_VARINT_BYTES = 10;
    /** A level's first byte, its gap and its size. */
    private static final int MAX_LEVEL_BYTES = 1 + 2 * MAX_VARINT_BYTES;

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
        unsigned(zigzag(value), out);
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
    static void lag(long sentMillis, long timeMicros, ByteBuf out) {
        check("time", timeMicros, 0, CompactFormat.MAX_NATURAL);
        long lagMicros = sentMillis * 1_000 - timeMicros;
        if (lagMicros < 0) {
            out.writeByte(0);
            unsigned(timeMicros, out);
        } else {
            unsigned(lagMicros + 1, out);
        }
    }

    static void levels(Levels bids, Levels asks, ByteBuf out) {
        out.ensureWritable(1 + 3 * MAX_VARINT_BYTES + (bids.count() + asks.count()) * MAX_LEVEL_BYTES);
        int shortBids = Math.min(bids.count(), CompactFormat.MANY_LEVELS);
        int shortAsks = Math.min(asks.count(), CompactFormat.MANY_LEVELS);
        out.writeByte(shortBids << 4 | shortAsks);
        count(bids, out);
        count(asks, out);
        if (bids.count() > 0) {
            first(bids, out);
            rest(bids, -1, out);
        }
        if (asks.count() > 0) {
            if (bids.count() > 0) {
                level(zigzag(asks.priceTicks(0) - bids.priceTicks(0)), asks.sizeLots(0), out);
            } else {
                first(asks, out);
            }
            rest(asks, 1, out);
        }
    }

    private static void count(Levels side, ByteBuf out) {
        if (side.count() >= CompactFormat.MANY_LEVELS) {
            unsigned(side.count() - CompactFormat.MANY_LEVELS, out);
        }
    }

    private static void first(Levels side, ByteBuf out) {
        long priceTicks = side.priceTicks(0);
        if (priceTicks < 0) {
            unsigned(-priceTicks, out);
            level(CompactFormat.PRICE_RADIX, side.sizeLots(0), out);
        } else {
            unsigned(priceTicks / CompactFormat.PRICE_RADIX, out);
            level(priceTicks % CompactFormat.PRICE_RADIX, side.sizeLots(0), out);
        }
    }

    /** @param direction 1 if the prices rise, -1 if they fall */
    private static void rest(Levels side, int direction, ByteBuf out) {
        for (int i = 1; i < side.count(); i++) {
            long better = side.priceTicks(i - 1);
            long worse = side.priceTicks(i);
            if (direction > 0 ? worse <= better : worse >= better) {
                throw new IllegalArgumentException("expected levels best first, got " + worse + " after " + better);
            }
            level((worse - better) * direction - 1, side.sizeLots(i), out);
        }
    }

    /** @param gap unsigned */
    private static void level(long gap, long sizeLots, ByteBuf out) {
        boolean isWide = gap < 0 || gap >= CompactFormat.WIDE_GAP;
        int near = (isWide ? CompactFormat.WIDE_GAP : (int) gap) << CompactFormat.SIZE_BITS;
        if (sizeLots < CompactFormat.FIRST_2_BYTE_SIZE) {
            check("sizeLots", sizeLots, 0, Long.MAX_VALUE);
            out.writeByte(near | (sizeLots == 0 ? CompactFormat.REMOVED : CompactFormat.SIZE_IN_1_BYTE));
        } else {
            boolean isLarge = sizeLots >= CompactFormat.FIRST_VARINT_SIZE;
            out.writeByte(near | (isLarge ? CompactFormat.SIZE_IN_VARINT : CompactFormat.SIZE_IN_2_BYTES));
        }
        if (isWide) {
            unsigned(gap - CompactFormat.WIDE_GAP, out);
        }
        size(sizeLots, out);
    }

    private static void size(long sizeLots, ByteBuf out) {
        if (sizeLots >= CompactFormat.FIRST_VARINT_SIZE) {
            unsigned(sizeLots - CompactFormat.FIRST_VARINT_SIZE, out);
        } else if (sizeLots >= CompactFormat.FIRST_2_BYTE_SIZE) {
            out.writeShortLE((int) sizeLots - CompactFormat.FIRST_2_BYTE_SIZE);
        } else if (sizeLots > 0) {
            out.writeByte((int) sizeLots - 1);
        }
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }
}
