package io.depthcast.book;

import java.util.Arrays;

/** Prices as sets of keys, see {@link BookSide}. */
final class Keys {
    private Keys() {}

    /** What is in either, in whatever order and however often: ascending, each once. */
    static long[] union(long[] some, long[] others) {
        long[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        Arrays.sort(all);
        int distinct = 0;
        for (int i = 0; i < all.length; i++) {
            if (distinct == 0 || all[i] != all[distinct - 1]) {
                all[distinct++] = all[i];
            }
        }
        return Arrays.copyOf(all, distinct);
    }
}
