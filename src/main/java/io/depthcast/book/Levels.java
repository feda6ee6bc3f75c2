package io.depthcast.book;

import java.util.Arrays;

/** Price levels of one side, best first; in a delta a size of 0 removes the level. Immutable. */
public final class Levels {
    public static final Levels NONE = new Levels(new long[0], new long[0]);

    private final long[] priceTicks;
    private final long[] sizeLots;
    private final long heldBestTicks;

    /** Takes over both arrays, which must be equally long and not be changed afterwards. */
    public Levels(long[] priceTicks, long[] sizeLots) {
        this(priceTicks, sizeLots, 0);
    }

    /** @param heldBestTicks see {@link #heldBestTicks()} */
    public Levels(long[] priceTicks, long[] sizeLots, long heldBestTicks) {
        if (priceTicks.length != sizeLots.length) {
            throw new IllegalArgumentException(priceTicks.length + " prices for " + sizeLots.length + " sizes");
        }
        this.priceTicks = priceTicks;
        this.sizeLots = sizeLots;
        this.heldBestTicks = heldBestTicks;
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

    /**
     * In a delta the price of the side's best level at the version it begins with; 0 if there was none, or if the book no
     * longer knows. It says nothing that the holder of that version does not know, and is no part of equality.
     */
    public long heldBestTicks() {
        return heldBestTicks;
    }

    /** The same with prices that count groups of ticks; each is a multiple of the group. */
    public Levels inGroups(int group) {
        long[] prices = new long[count()];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = priceTicks[i] / group;
        }
        return new Levels(prices, sizeLots, heldBestTicks / group);
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
