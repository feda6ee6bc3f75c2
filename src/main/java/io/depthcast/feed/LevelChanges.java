package io.depthcast.feed;

import java.util.Arrays;

/** New absolute sizes of price levels of one side, in any order; 0 removes a level. Reusable; one thread. */
public final class LevelChanges {
    private static final int INITIAL_CAPACITY = 16;

    private long[] priceTicks = new long[INITIAL_CAPACITY];
    private long[] sizeLots = new long[INITIAL_CAPACITY];
    private int count;

    public void clear() {
        count = 0;
    }

    public void add(long levelPriceTicks, long levelSizeLots) {
        if (count == priceTicks.length) {
            priceTicks = Arrays.copyOf(priceTicks, 2 * count);
            sizeLots = Arrays.copyOf(sizeLots, 2 * count);
        }
        priceTicks[count] = levelPriceTicks;
        sizeLots[count] = levelSizeLots;
        count++;
    }

    public int count() {
        return count;
    }

    public long priceTicks(int index) {
        return priceTicks[index];
    }

    public long sizeLots(int index) {
        return sizeLots[index];
    }
}
