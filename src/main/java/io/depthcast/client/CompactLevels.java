package io.depthcast.client;

import static io.depthcast.client.CompactCursor.require;

import io.depthcast.book.BookShapes;
import io.depthcast.book.Levels;
import io.depthcast.wire.CompactFormat;
import org.jspecify.annotations.Nullable;

/** Reads the levels of a compact book message: both counts, the bids, the asks. */
final class CompactLevels {
    /** A gap and no size. */
    private static final int LEAST_BITS = 3;

    private final BitCursor in;
    private final int group;
    private final int sizeOrder;
    private final Levels bids;
    private final Levels asks;

    /**
     * @param held the book that a delta changes
     * @param group ticks in which prices count
     */
    CompactLevels(BitCursor in, @Nullable ProvedBook held, int group) throws RefusedException {
        this.in = in;
        this.group = group;
        int bidCount = in.entries(in.number(CompactFormat.LEVEL_ORDER), LEAST_BITS);
        int askCount = in.entries(in.number(CompactFormat.LEVEL_ORDER), LEAST_BITS);
        sizeOrder = (int) in.bits(CompactFormat.SIZE_ORDER_BITS);
        Levels bidSteps = side(bidCount, -1, held == null ? 0 : held.bestBidTicks() / group, 0);
        Levels askSteps = side(
                askCount, 1, held == null ? 0 : held.bestAskTicks() / group, bidCount > 0 ? bidSteps.priceTicks(0) : 0);
        bids = inTicks(bidSteps);
        asks = inTicks(askSteps);
    }

    Levels bids() {
        return bids;
    }

    Levels asks() {
        return asks;
    }

    /**
     * @param direction 1 if the prices rise, -1 if they fall
     * @param heldTicks whence the first price is told, or else
     * @param otherTicks from here
     */
    private Levels side(int count, int direction, long heldTicks, long otherTicks) throws RefusedException {
        long[] priceTicks = new long[in.entries(count, LEAST_BITS)];
        long[] sizeLots = new long[count];
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                long from = in.bit() ? heldTicks : otherTicks;
                priceTicks[0] = from + in.signed(CompactFormat.LEVEL_ORDER);
            } else {
                priceTicks[i] = worse(priceTicks[i - 1], in.number(CompactFormat.LEVEL_ORDER), direction);
            }
            sizeLots[i] = in.bit() ? size() : 0;
        }
        return new Levels(priceTicks, sizeLots);
    }

    private Levels inTicks(Levels steps) throws RefusedException {
        if (group == BookShapes.NO_GROUP) {
            return steps;
        }
        long[] priceTicks = new long[steps.count()];
        long[] sizeLots = new long[steps.count()];
        for (int i = 0; i < priceTicks.length; i++) {
            priceTicks[i] = steps.priceTicks(i) * group;
            require(Math.multiplyHigh(steps.priceTicks(i), group) == priceTicks[i] >> (Long.SIZE - 1));
            sizeLots[i] = steps.sizeLots(i);
        }
        return new Levels(priceTicks, sizeLots);
    }

    private static long worse(long better, long gap, int direction) throws RefusedException {
        long worse = better + (gap + 1) * direction;
        require(direction > 0 ? worse > better : worse < better);
        return worse;
    }

    private long size() throws RefusedException {
        long sizeLots = in.number(sizeOrder) + 1;
        require(sizeLots > 0);
        return sizeLots;
    }
}
