package io.depthcast.market;

import java.util.Arrays;

/** Resting orders as links of first-in-first-out queues, in arrays that are reused. An order is an index. */
final class OrderPool {
    static final int NONE = -1;

    private static final int INITIAL_CAPACITY = 256;

    private long[] lots = new long[INITIAL_CAPACITY];
    private int[] next = new int[INITIAL_CAPACITY];
    private int firstFree = NONE;
    private int used;

    /** A new order without a successor. */
    int allocate(long sizeLots) {
        int order = firstFree;
        if (order == NONE) {
            if (used == lots.length) {
                lots = Arrays.copyOf(lots, 2 * used);
                next = Arrays.copyOf(next, 2 * used);
            }
            order = used++;
        } else {
            firstFree = next[order];
        }
        lots[order] = sizeLots;
        next[order] = NONE;
        return order;
    }

    void release(int order) {
        next[order] = firstFree;
        firstFree = order;
    }

    long lots(int order) {
        return lots[order];
    }

    void reduce(int order, long byLots) {
        lots[order] -= byLots;
    }

    int next(int order) {
        return next[order];
    }

    void link(int order, int successor) {
        next[order] = successor;
    }
}
