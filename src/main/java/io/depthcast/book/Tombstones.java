package io.depthcast.book;

import java.util.Arrays;

/**
 * The prices that left one side of a depth view, in the order of leaving, each with the versions between which the view
 * held it: from {@code entered}, until just before {@code left}. A price that came and went several times has several
 * such spans, which never overlap.
 *
 * <p>When full, the spans of a price are merged into one from its first entry to its last leaving; that can only name a
 * price which a holder does not have, see {@link #exactFrom()}. If this makes too little room, the oldest half is forgotten and the
 * {@link #horizon()} rises.
 */
final class Tombstones {
    private static final int INITIAL_CAPACITY = 16;
    private static final int MIN_LIMIT = 256;
    private static final int LIMIT_PER_LEVEL = 8;
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final long[] NONE = {};

    /** Below every key. */
    static final long NO_KEY = Long.MIN_VALUE;

    private final int limit;
    private long[] keys = new long[INITIAL_CAPACITY];
    private long[] entered = new long[INITIAL_CAPACITY];
    private long[] left = new long[INITIAL_CAPACITY];
    private int count;
    private long horizon;
    private long exactFrom;

    /** Scratch of a merge: per hash of a key, the place of its newest span plus 1. Empty until the first merge. */
    private int[] newest = {};

    /** @param depth levels a side of the view */
    Tombstones(int depth) {
        limit = Math.max(MIN_LIMIT, LIMIT_PER_LEVEL * depth);
    }

    /** The oldest version from which {@link #goneSince} knows every price that left. */
    long horizon() {
        return horizon;
    }

    /** The oldest version for which {@link #goneSince} names only what the view held. */
    long exactFrom() {
        return exactFrom;
    }

    void clear(long newHorizon) {
        count = 0;
        horizon = newHorizon;
        exactFrom = newHorizon;
    }

    /** @param leftVersion at least that of the last call */
    void add(long key, long enteredVersion, long leftVersion) {
        if (enteredVersion == leftVersion) {
            return;
        }
        if (count == keys.length) {
            makeRoom();
        }
        keys[count] = key;
        entered[count] = enteredVersion;
        left[count] = leftVersion;
        count++;
    }

    /** Keys the view held at that version, not before the horizon, and that left since; ascending, each once. */
    long[] goneSince(long version) {
        int first = firstLeftAfter(version);
        if (first == count) {
            return NONE;
        }
        long[] gone = new long[count - first];
        int goneCount = 0;
        for (int i = first; i < count; i++) {
            if (entered[i] <= version) {
                gone[goneCount++] = keys[i];
            }
        }
        Arrays.sort(gone, 0, goneCount);
        return goneCount == gone.length ? gone : Arrays.copyOf(gone, goneCount);
    }

    /** Keys that left since, whenever they came: some may be held again. Ascending, each once. */
    long[] everGoneSince(long version) {
        int first = firstLeftAfter(version);
        return Keys.union(NONE, Arrays.copyOfRange(keys, first, count));
    }

    /** As many of those that left last, by themselves: what left before is forgotten. */
    Tombstones newest(int most) {
        int first = Math.max(0, count - most);
        Tombstones newest = new Tombstones(0);
        newest.keys = Arrays.copyOfRange(keys, first, count);
        newest.entered = Arrays.copyOfRange(entered, first, count);
        newest.left = Arrays.copyOfRange(left, first, count);
        newest.count = count - first;
        newest.horizon = first == 0 ? horizon : left[first - 1];
        return newest;
    }

    /** The largest of the keys in {@link #goneSince}, or {@link #NO_KEY}. */
    long bestGoneSince(long version) {
        long best = NO_KEY;
        for (int i = firstLeftAfter(version); i < count; i++) {
            if (entered[i] <= version) {
                best = Math.max(best, keys[i]);
            }
        }
        return best;
    }

    private int firstLeftAfter(long version) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (left[middle] > version) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void makeRoom() {
        if (count < limit) {
            int capacity = Math.min(2 * count, limit);
            keys = Arrays.copyOf(keys, capacity);
            entered = Arrays.copyOf(entered, capacity);
            left = Arrays.copyOf(left, capacity);
            return;
        }
        int first = mergeSpans();
        exactFrom = left[count - 1];
        if (count - first > limit / 2) {
            first = count - limit / 2;
            horizon = left[first - 1];
        }
        count -= first;
        System.arraycopy(keys, first, keys, 0, count);
        System.arraycopy(entered, first, entered, 0, count);
        System.arraycopy(left, first, left, 0, count);
    }

    /** Moves one span per price to the end of the arrays, and answers where they begin. */
    private int mergeSpans() {
        clearNewest();
        int first = count;
        for (int i = count - 1; i >= 0; i--) {
            int slot = slotOf(keys[i]);
            if (newest[slot] != 0) {
                entered[newest[slot] - 1] = entered[i];
                continue;
            }
            first--;
            keys[first] = keys[i];
            entered[first] = entered[i];
            left[first] = left[i];
            newest[slot] = first + 1;
        }
        return first;
    }

    private void clearNewest() {
        if (newest.length == 0) {
            newest = new int[2 * Integer.highestOneBit(2 * limit - 1)];
        } else {
            Arrays.fill(newest, 0);
        }
    }

    private int slotOf(long key) {
        int slot = (int) ((key * GOLDEN_RATIO) >>> (Long.SIZE - Integer.numberOfTrailingZeros(newest.length)));
        while (newest[slot] != 0 && keys[newest[slot] - 1] != key) {
            slot = (slot + 1) & (newest.length - 1);
        }
        return slot;
    }
}
