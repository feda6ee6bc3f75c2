package io.depthcast.client;

import io.depthcast.book.Levels;
import java.util.Arrays;

/** One side of a client's book: levels in order, best first. */
final class ProvedSide {
    private static final int INITIAL_CAPACITY = 32;

    private final boolean isBids;
    private long[] priceTicks = new long[INITIAL_CAPACITY];
    private long[] sizeLots = new long[INITIAL_CAPACITY];
    private int count;

    ProvedSide(boolean isBids) {
        this.isBids = isBids;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Sets absolute sizes; 0 removes the level. */
    void apply(Levels changes) {
        for (int i = 0; i < changes.count(); i++) {
            apply(changes.priceTicks(i), changes.sizeLots(i));
        }
    }

    private void apply(long price, long size) {
        int at = find(price);
        boolean isThere = at < count && priceTicks[at] == price;
        if (size == 0) {
            if (isThere) {
                count--;
                System.arraycopy(priceTicks, at + 1, priceTicks, at, count - at);
                System.arraycopy(sizeLots, at + 1, sizeLots, at, count - at);
            }
            return;
        }
        if (!isThere) {
            open(at);
            priceTicks[at] = price;
        }
        sizeLots[at] = size;
    }

    private void open(int at) {
        if (count == priceTicks.length) {
            priceTicks = Arrays.copyOf(priceTicks, 2 * count);
            sizeLots = Arrays.copyOf(sizeLots, 2 * count);
        }
        System.arraycopy(priceTicks, at, priceTicks, at + 1, count - at);
        System.arraycopy(sizeLots, at, sizeLots, at + 1, count - at);
        count++;
    }

    /** Where the price is or belongs. */
    private int find(long price) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isBetter = isBids ? priceTicks[middle] > price : priceTicks[middle] < price;
            if (isBetter) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long bestTicks() {
        return count == 0 ? 0 : priceTicks[0];
    }

    Levels best(int depth) {
        int length = Math.min(depth, count);
        return new Levels(Arrays.copyOf(priceTicks, length), Arrays.copyOf(sizeLots, length));
    }
}
