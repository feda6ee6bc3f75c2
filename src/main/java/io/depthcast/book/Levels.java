package io.depthcast.book;

import java.util.Arrays;

/** Price levels of one side, best first; in a delta a size of 0 removes the level. Immutable. */
public final class Levels {
    public static final Levels NONE = new Levels(new long[0], new long[0]);

    private final long[] priceTicks;
    private final long[] sizeLots;

    /** Takes over both arrays, which must be equally long and not be changed afterwards. */
    public Levels(long[] priceTicks, long[] sizeLots) {
        if (priceTicks.length != sizeLots.length) {
            throw new IllegalArgumentException(priceTicks.length + " prices for " + sizeLots.length + " sizes");
        }
        this.priceTicks = priceTicks;
        this.sizeLots = sizeLots;
    }

    public int count() {
        return priceTicks.length;
    }

    public long priceTicks(int index) {
        return priceTicks[index];
    }

    public long sizeLots(int index) {
        return sizeLots[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Levels that
                && Arrays.equals(priceTicks, that.priceTicks)
                && Arrays.equals(sizeLots, that.sizeLots);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(priceTicks) + Arrays.hashCode(sizeLots);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < count(); i++) {
            text.append(i == 0 ? "" : " ").append(priceTicks[i]).append('x').append(sizeLots[i]);
        }
        return text.append(']').toString();
    }
}
