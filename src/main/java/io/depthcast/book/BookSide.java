package io.depthcast.book;

import java.util.Arrays;

/**
 * All price levels of one side of a book, and for each depth view when levels came into it and left it.
 *
 * <p>Sorted with the best level last, so that the frequent changes near it move little. Prices are held as keys that
 * ascend towards the best: the price of a bid, the negative price of an ask. The rank of a level counts from 0, the best.
 */
final class BookSide {
    /** Rank of a change that changed nothing: outside every view. */
    static final int UNCHANGED = Integer.MAX_VALUE;

    private static final int INITIAL_CAPACITY = 64;
    /** Below every version, that of what was there from the start as well. */
    private static final long NO_VERSION = -1;

    private final int sign;
    private long[] keys = new long[INITIAL_CAPACITY];

    /** Parallel to the keys; removed levels wait behind {@link #count} to be used again. */
    private Level[] levels = new Level[INITIAL_CAPACITY];

    private int count;
    /** One for each view; none where nobody asks what changed. */
    private final Tombstones[] tombstones;

    private final LevelsBuilder answer = new LevelsBuilder();

    /** @param answers whether anybody will ask what changed; if not, that is not kept */
    BookSide(Side side, boolean answers) {
        sign = side == Side.BID ? 1 : -1;
        tombstones = new Tombstones[answers ? BookShapes.VIEWS : 0];
        for (int view = 0; view < tombstones.length; view++) {
            tombstones[view] = new Tombstones(BookShapes.depth(view));
        }
    }

    int count() {
        return count;
    }

    long priceTicks(int rank) {
        return sign * keys[count - 1 - rank];
    }

    long sizeLots(int rank) {
        return levels[count - 1 - rank].sizeLots;
    }

    /** 0 where there is no level. */
    long sizeAt(long priceTicks) {
        int index = indexOf(sign * priceTicks);
        return index < count && keys[index] == sign * priceTicks ? levels[index].sizeLots : 0;
    }

    /** The multiple of so many ticks that is this price or the next worse one. */
    long gatheredTicks(long priceTicks, int group) {
        return sign * Math.floorDiv(sign * priceTicks, group) * group;
    }

    /** The sizes of all prices that are gathered there. */
    long sumLots(long gatheredTicks, int group) {
        long key = sign * gatheredTicks;
        long sum = 0;
        for (int index = indexOf(key); index < count && keys[index] - key < group; index++) {
            sum = sum(sum, levels[index].sizeLots);
        }
        return sum;
    }

    /** Of two sizes; the largest there is if that is more. */
    static long sum(long sizeLots, long moreLots) {
        long sum = sizeLots + moreLots;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** The oldest version {@link #changesSince} can start from. */
    long horizon(int view) {
        return tombstones[view].horizon();
    }

    /** Forgets all levels. */
    void clear() {
        count = 0;
    }

    /** Forgets what left a view before that version. */
    void startFrom(int view, long version) {
        if (view < tombstones.length) {
            tombstones[view].clear(version);
        }
    }

    /**
     * Sets the absolute size of a level; 0 removes it.
     *
     * @return the rank of the level that was changed, inserted or removed, or {@link #UNCHANGED}
     */
    int apply(long priceTicks, long sizeLots, long version) {
        long key = sign * priceTicks;
        int index = indexOf(key);
        if (index == count || keys[index] != key) {
            return sizeLots == 0 ? UNCHANGED : insert(index, key, sizeLots, version);
        }
        return sizeLots == 0 ? remove(index, version) : resize(index, sizeLots, version);
    }

    /** Removes the levels that are not among those. */
    void retain(Levels retained, long version) {
        int next = 0;
        for (int index = count - 1; index >= 0; index--) {
            while (next < retained.count() && sign * retained.priceTicks(next) > keys[index]) {
                next++;
            }
            if (next == retained.count() || sign * retained.priceTicks(next) != keys[index]) {
                var unused = remove(index, version);
            }
        }
    }

    void addTo(Fingerprint of) {
        of.add(count);
        for (int index = 0; index < count; index++) {
            of.add(keys[index]);
            of.add(levels[index].sizeLots);
        }
    }

    /** The best levels, best first. */
    Levels best(int depth) {
        long[] priceTicks = new long[Math.min(depth, count)];
        long[] sizeLots = new long[priceTicks.length];
        for (int rank = 0; rank < priceTicks.length; rank++) {
            priceTicks[rank] = priceTicks(rank);
            sizeLots[rank] = sizeLots(rank);
        }
        return new Levels(priceTicks, sizeLots);
    }

    /** What changed in a view since a version that is not before the horizon; best first. */
    Levels changesSince(int view, long version) {
        return changesSince(view, version, tombstones[view].goneSince(version));
    }

    /**
     * The same for somebody who may have had the view at any version from that one on: what came and went in between is told
     * as gone too.
     */
    Levels touchedSince(int view, long version) {
        return changesSince(view, version, tombstones[view].everGoneSince(version));
    }

    /**
     * The whole view for somebody who may hold these prices of a former one, ascending keys, or may have had this one at any
     * version since it began, which is not before the horizon.
     */
    Levels instead(int view, long[] formerKeys) {
        long[] gone = tombstones[view].everGoneSince(NO_VERSION);
        return changesSince(view, NO_VERSION, Keys.union(formerKeys, gone));
    }

    /** What is to be known of a view when it is no more. */
    FormerSide former(int view) {
        return new FormerSide(
                Arrays.copyOfRange(keys, Math.max(0, count - BookShapes.depth(view)), count),
                tombstones[view].newest(FormerSide.MOST_GONE));
    }

    private Levels changesSince(int view, long version, long[] gone) {
        int nextGone = gone.length - 1;
        int end = Math.max(0, count - BookShapes.depth(view));
        for (int index = count - 1; index >= end; index--) {
            while (nextGone >= 0 && gone[nextGone] > keys[index]) {
                answer.add(sign * gone[nextGone--], 0);
            }
            if (nextGone >= 0 && gone[nextGone] == keys[index]) {
                nextGone--;
            }
            Level level = levels[index];
            if (level.changed > version || level.entered[view] > version) {
                answer.add(sign * keys[index], level.sizeLots);
            }
        }
        while (nextGone >= 0) {
            answer.add(sign * gone[nextGone--], 0);
        }
        return answer.build(heldBestTicks(view, version));
    }

    /** See {@link Levels#heldBestTicks()}. */
    private long heldBestTicks(int view, long version) {
        if (version < tombstones[view].exactFrom()) {
            return 0;
        }
        long best = tombstones[view].bestGoneSince(version);
        int end = Math.max(0, count - BookShapes.depth(view));
        for (int index = count - 1; index >= end && keys[index] > best; index--) {
            if (levels[index].entered[view] <= version) {
                best = keys[index];
            }
        }
        return best == Tombstones.NO_KEY ? 0 : sign * best;
    }

    private int resize(int index, long sizeLots, long version) {
        Level level = levels[index];
        if (level.sizeLots == sizeLots) {
            return UNCHANGED;
        }
        level.sizeLots = sizeLots;
        level.changed = version;
        return count - 1 - index;
    }

    private int insert(int index, long key, long sizeLots, long version) {
        Level level = spareLevel();
        level.sizeLots = sizeLots;
        level.changed = version;
        int rank = count - index;
        System.arraycopy(keys, index, keys, index + 1, rank);
        System.arraycopy(levels, index, levels, index + 1, rank);
        keys[index] = key;
        levels[index] = level;
        count++;
        for (int view = tombstones.length - 1; view >= 0 && rank < BookShapes.depth(view); view--) {
            level.entered[view] = version;
            int pushedOut = count - 1 - BookShapes.depth(view);
            if (pushedOut >= 0) {
                tombstones[view].add(keys[pushedOut], levels[pushedOut].entered[view], version);
            }
        }
        return rank;
    }

    private int remove(int index, long version) {
        long key = keys[index];
        Level level = levels[index];
        count--;
        int rank = count - index;
        System.arraycopy(keys, index + 1, keys, index, rank);
        System.arraycopy(levels, index + 1, levels, index, rank);
        levels[count] = level;
        for (int view = tombstones.length - 1; view >= 0 && rank < BookShapes.depth(view); view--) {
            tombstones[view].add(key, level.entered[view], version);
            int drawnIn = count - BookShapes.depth(view);
            if (drawnIn >= 0) {
                levels[drawnIn].entered[view] = version;
            }
        }
        return rank;
    }

    private Level spareLevel() {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            levels = Arrays.copyOf(levels, 2 * count);
        }
        Level spare = levels[count];
        return spare == null ? new Level(tombstones.length) : spare;
    }

    /** Where the key is, or else belongs. */
    private int indexOf(long key) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
