package io.depthcast.client;

import static io.depthcast.client.CompactCursor.require;

import io.depthcast.book.Levels;
import io.depthcast.wire.CompactFormat;
import org.jspecify.annotations.Nullable;

/** Reads the levels of a compact book message: both counts, the bids, the asks. */
final class CompactLevels {
    private static final int GAP = 0xFF >> CompactFormat.SIZE_BITS;
    private static final int SIZE = (1 << CompactFormat.SIZE_BITS) - 1;

    private final CompactCursor in;
    private final Levels bids;
    private final Levels asks;

    CompactLevels(CompactCursor in) throws RefusedException {
        this.in = in;
        int counts = in.uint8();
        int bidCount = count(counts >> 4);
        int askCount = count(counts & CompactFormat.MANY_LEVELS);
        bids = side(bidCount, -1, null);
        asks = side(askCount, 1, bidCount > 0 ? bids : null);
    }

    Levels bids() {
        return bids;
    }

    Levels asks() {
        return asks;
    }

    private int count(int few) throws RefusedException {
        if (few < CompactFormat.MANY_LEVELS) {
            return few;
        }
        return in.entries(in.natural() + CompactFormat.MANY_LEVELS, 1);
    }

    /**
     * @param direction 1 if the prices rise, -1 if they fall
     * @param before the other side, if it has been read and is not empty
     */
    private Levels side(int count, int direction, @Nullable Levels before) throws RefusedException {
        long[] priceTicks = new long[in.entries(count, 1)];
        long[] sizeLots = new long[count];
        for (int i = 0; i < count; i++) {
            long base = i == 0 && before == null ? in.unsigned() : 0;
            int first = in.uint8();
            if (i > 0) {
                priceTicks[i] = worse(priceTicks[i - 1], gap(first), direction);
            } else if (before == null) {
                priceTicks[i] = price(base, first >> CompactFormat.SIZE_BITS & GAP);
            } else {
                priceTicks[i] = before.priceTicks(0) + CompactCursor.unzigzag(gap(first));
            }
            sizeLots[i] = size(first & SIZE);
        }
        return new Levels(priceTicks, sizeLots);
    }

    private static long price(long base, int low) throws RefusedException {
        if (low == CompactFormat.PRICE_RADIX) {
            require(-base < 0);
            return -base;
        }
        require(low < CompactFormat.PRICE_RADIX && base >= 0 && base <= Long.MAX_VALUE / CompactFormat.PRICE_RADIX);
        long price = base * CompactFormat.PRICE_RADIX + low;
        require(price >= 0);
        return price;
    }

    private static long worse(long better, long gap, int direction) throws RefusedException {
        long worse = better + (gap + 1) * direction;
        require(direction > 0 ? worse > better : worse < better);
        return worse;
    }

    /** Unsigned. */
    private long gap(int first) throws RefusedException {
        int near = first >> CompactFormat.SIZE_BITS & GAP;
        if (near < CompactFormat.WIDE_GAP) {
            return near;
        }
        long gap = in.unsigned() + CompactFormat.WIDE_GAP;
        require(Long.compareUnsigned(gap, CompactFormat.WIDE_GAP) >= 0);
        return gap;
    }

    private long size(int code) throws RefusedException {
        return switch (code) {
            case CompactFormat.REMOVED -> 0;
            case CompactFormat.SIZE_IN_1_BYTE -> in.uint8() + 1;
            case CompactFormat.SIZE_IN_2_BYTES -> in.uint16() + CompactFormat.FIRST_2_BYTE_SIZE;
            default -> {
                long sizeLots = in.size() + CompactFormat.FIRST_VARINT_SIZE;
                require(sizeLots > 0);
                yield sizeLots;
            }
        };
    }
}
