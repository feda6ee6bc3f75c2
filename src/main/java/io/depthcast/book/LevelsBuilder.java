package io.depthcast.book;

import java.util.Arrays;

/** Collects levels, best first; reused. */
final class LevelsBuilder {
    private static final int INITIAL_CAPACITY = 64;

    private long[] priceTicks = new long[INITIAL_CAPACITY];
    private long[] sizeLots = new long[INITIAL_CAPACITY];
    private int count;

    void add(long levelPriceTicks, long levelSizeLots) {
        if (count == priceTicks.length) {
            priceTicks = Arrays.copyOf(priceTicks, 2 * count);
            sizeLots = Arrays.copyOf(sizeLots, 2 * count);
        }
        priceTicks[count] = levelPriceTicks;
        sizeLots[count] = levelSizeLots;
        count++;
    }

    /** The levels added since the last call. */
    Levels build(long heldBestTicks) {
        Levels levels = count == 0
                ? Levels.NONE
                : new Levels(Arrays.copyOf(priceTicks, count), Arrays.copyOf(sizeLots, count), heldBestTicks);
        count = 0;
        return levels;
    }
}
