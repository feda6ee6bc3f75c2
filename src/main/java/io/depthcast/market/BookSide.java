package io.depthcast.market;

import io.depthcast.book.Levels;
import io.depthcast.book.Side;

/**
 * The resting orders of one side: price levels in a ring that holds every price from the best to {@code window - 1}
 * ticks behind it, with a bitmap of the levels that are not empty, and a first-in-first-out queue of orders per level.
 *
 * <p>Inside, a price is a key that is larger the better the price is, so that both sides are one algorithm.
 */
final class BookSide {
    private final Side side;
    private final int mask;
    private final long[] levelLots;
    private final int[] levelOrders;
    private final int[] heads;
    private final int[] tails;
    private final long[] occupied;
    private final OrderPool orders = new OrderPool();

    private long bestKey;
    private long worstKey;
    private int levels;

    /** @param windowTicks a power of two, at least 64 */
    BookSide(Side side, int windowTicks) {
        this.side = side;
        this.mask = windowTicks - 1;
        this.levelLots = new long[windowTicks];
        this.levelOrders = new int[windowTicks];
        this.heads = new int[windowTicks];
        this.tails = new int[windowTicks];
        this.occupied = new long[windowTicks / Long.SIZE];
    }

    /** Number of levels that are not empty. */
    int levels() {
        return levels;
    }

    /** The best price; meaningless on an empty side. */
    long bestTicks() {
        return priceTicks(bestKey);
    }

    /** The price furthest from the other side; meaningless on an empty side. */
    long worstTicks() {
        return priceTicks(worstKey);
    }

    /** Distance from the best to the worst price. */
    long spanTicks() {
        return bestKey - worstKey;
    }

    int ordersAt(long priceTicks) {
        return contains(key(priceTicks)) ? levelOrders[index(priceTicks)] : 0;
    }

    /** Size of the level, 0 where there is none. */
    long lotsAt(long priceTicks) {
        return contains(key(priceTicks)) ? levelLots[index(priceTicks)] : 0;
    }

    /** Whether an order at this price does not fit until the worst level is gone. */
    boolean isBeyondWindow(long priceTicks) {
        return levels > 0 && key(priceTicks) - worstKey > mask;
    }

    /** Queues an order behind those at its price. */
    void add(long priceTicks, long sizeLots) {
        int index = index(priceTicks);
        int order = orders.allocate(sizeLots);
        if (levelOrders[index] == 0) {
            heads[index] = order;
            open(key(priceTicks), index);
        } else {
            orders.link(tails[index], order);
        }
        tails[index] = order;
        levelOrders[index]++;
        levelLots[index] += sizeLots;
    }

    /** Withdraws the order at a place in the queue of a level, 0 being next to trade. */
    void cancel(long priceTicks, int place) {
        int index = index(priceTicks);
        int before = OrderPool.NONE;
        int order = heads[index];
        for (int i = 0; i < place; i++) {
            before = order;
            order = orders.next(order);
        }
        int after = orders.next(order);
        if (before == OrderPool.NONE) {
            heads[index] = after;
        } else {
            orders.link(before, after);
        }
        if (after == OrderPool.NONE) {
            tails[index] = before;
        }
        remove(order, index, key(priceTicks));
    }

    /** Trades against the best level, oldest order first, and returns the lots traded: all that it had, or what was wanted. */
    long takeBest(long wantedLots) {
        long key = bestKey;
        int index = (int) key & mask;
        long left = wantedLots;
        while (left > 0 && levelOrders[index] > 0) {
            int order = heads[index];
            long lots = orders.lots(order);
            if (lots > left) {
                orders.reduce(order, left);
                levelLots[index] -= left;
                return wantedLots;
            }
            left -= lots;
            heads[index] = orders.next(order);
            remove(order, index, key);
        }
        return wantedLots - left;
    }

    /** Withdraws every order of the worst level. */
    void clearWorst() {
        long priceTicks = worstTicks();
        for (int left = ordersAt(priceTicks); left > 0; left--) {
            cancel(priceTicks, 0);
        }
    }

    /** Every level, best first. */
    Levels toLevels() {
        long[] prices = new long[levels];
        long[] sizes = new long[levels];
        long key = bestKey;
        for (int i = 0; i < levels; i++) {
            prices[i] = priceTicks(key);
            sizes[i] = levelLots[(int) key & mask];
            key = i + 1 < levels ? nextWorse(key) : key;
        }
        return new Levels(prices, sizes);
    }

    private void remove(int order, int index, long key) {
        levelLots[index] -= orders.lots(order);
        levelOrders[index]--;
        orders.release(order);
        if (levelOrders[index] == 0) {
            close(key, index);
        }
    }

    private void open(long key, int index) {
        occupied[index >> 6] |= 1L << index;
        bestKey = levels == 0 ? key : Math.max(bestKey, key);
        worstKey = levels == 0 ? key : Math.min(worstKey, key);
        levels++;
    }

    private void close(long key, int index) {
        occupied[index >> 6] &= ~(1L << index);
        levels--;
        if (levels > 0 && key == bestKey) {
            bestKey = nextWorse(key);
        } else if (levels > 0 && key == worstKey) {
            worstKey = nextBetter(key);
        }
    }

    /** The next level that is not empty behind this one; there must be one. */
    private long nextWorse(long key) {
        int index = (int) (key - 1) & mask;
        int word = index >> 6;
        long bits = occupied[word] & -1L >>> ~index;
        while (bits == 0) {
            word = word - 1 & occupied.length - 1;
            bits = occupied[word];
        }
        int found = (word << 6) + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
        return key - 1 - (index - found & mask);
    }

    /** The next level that is not empty before this one; there must be one. */
    private long nextBetter(long key) {
        int index = (int) (key + 1) & mask;
        int word = index >> 6;
        long bits = occupied[word] & -1L << index;
        while (bits == 0) {
            word = word + 1 & occupied.length - 1;
            bits = occupied[word];
        }
        int found = (word << 6) + Long.numberOfTrailingZeros(bits);
        return key + 1 + (found - index & mask);
    }

    private boolean contains(long key) {
        return levels > 0 && key <= bestKey && key >= worstKey;
    }

    private int index(long priceTicks) {
        return (int) key(priceTicks) & mask;
    }

    private long key(long priceTicks) {
        return side == Side.BID ? priceTicks : -priceTicks;
    }

    private long priceTicks(long key) {
        return side == Side.BID ? key : -key;
    }
}
