package io.depthcast.feed;

import java.util.Arrays;

/** The last price and the last trade of each instrument in a batch, from which the next is told as a difference. */
final class RowMemory {
    private static final int INITIAL_CAPACITY = 64;

    private long[] priceTicks = new long[INITIAL_CAPACITY];
    private long[] tradeIds = new long[INITIAL_CAPACITY];
    /** Of which batch what is held is. */
    private int[] batches = new int[INITIAL_CAPACITY];

    private int batch;

    /** Forgets everything. */
    void begin() {
        batch++;
    }

    long priceTicks(int id) {
        return isHeld(id) ? priceTicks[id] : 0;
    }

    long tradeId(int id) {
        return isHeld(id) ? tradeIds[id] : 0;
    }

    void price(int id, long ticks) {
        hold(id);
        priceTicks[id] = ticks;
    }

    void trade(int id, long tradeId) {
        hold(id);
        tradeIds[id] = tradeId;
    }

    private boolean isHeld(int id) {
        return id < batches.length && batches[id] == batch;
    }

    private void hold(int id) {
        if (id >= batches.length) {
            int capacity = Math.max(id + 1, 2 * batches.length);
            priceTicks = Arrays.copyOf(priceTicks, capacity);
            tradeIds = Arrays.copyOf(tradeIds, capacity);
            batches = Arrays.copyOf(batches, capacity);
        }
        if (batches[id] != batch) {
            batches[id] = batch;
            priceTicks[id] = 0;
            tradeIds[id] = 0;
        }
    }
}
