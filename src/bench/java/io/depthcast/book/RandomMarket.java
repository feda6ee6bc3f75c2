package io.depthcast.book;

import java.util.SplittableRandom;

/**
 * Level changes of 20 instruments with about 700 levels a side, made beforehand so that a benchmark measures only the
 * books. Three in four change a size, the others add or remove a level in equal numbers. The distance from the best
 * price falls off exponentially with a mean of 12 ticks, as changes crowd there; one in ten is anywhere.
 */
final class RandomMarket {
    static final int INSTRUMENTS = 20;
    private static final long BEST_BID_TICKS = 1_000_000;
    private static final int PRICES = 800;
    private static final double MEAN_DISTANCE_TICKS = 12;

    /** One level in seven that is hit goes: then seven prices in eight are taken, and hits on the eighth add as many. */
    private static final int REMOVED_ONE_IN = 7;

    final int[] instruments;
    final Side[] sides;
    final long[] priceTicks;
    final long[] sizeLots;

    private final SplittableRandom random;
    private final boolean[][] isTaken = new boolean[2 * INSTRUMENTS][PRICES];
    private final Levels[] levels = new Levels[2 * INSTRUMENTS];

    RandomMarket(long seed, int events) {
        random = new SplittableRandom(seed);
        instruments = new int[events];
        sides = new Side[events];
        priceTicks = new long[events];
        sizeLots = new long[events];
        for (int side = 0; side < levels.length; side++) {
            levels[side] = randomLevels(side);
        }
        for (int event = 0; event < events; event++) {
            int side = random.nextInt(levels.length);
            int distance = randomDistance();
            boolean removes = isTaken[side][distance] && random.nextInt(REMOVED_ONE_IN) == 0;
            isTaken[side][distance] = !removes;
            instruments[event] = side / 2;
            sides[event] = side % 2 == 0 ? Side.BID : Side.ASK;
            priceTicks[event] = priceTicks(side, distance);
            sizeLots[event] = removes ? 0 : randomSize();
        }
    }

    /** The levels before the first event. */
    Levels levels(int instrument, Side side) {
        return levels[2 * instrument + (side == Side.BID ? 0 : 1)];
    }

    private Levels randomLevels(int side) {
        LevelsBuilder builder = new LevelsBuilder();
        for (int distance = 0; distance < PRICES; distance++) {
            isTaken[side][distance] = random.nextInt(REMOVED_ONE_IN + 1) != 0;
            if (isTaken[side][distance]) {
                builder.add(priceTicks(side, distance), randomSize());
            }
        }
        return builder.build(0);
    }

    private int randomDistance() {
        if (random.nextInt(10) == 0) {
            return random.nextInt(PRICES);
        }
        return Math.min(PRICES - 1, (int) (-MEAN_DISTANCE_TICKS * Math.log(1 - random.nextDouble())));
    }

    private long randomSize() {
        return random.nextLong(1, 1_000_000);
    }

    private static long priceTicks(int side, int distance) {
        return side % 2 == 0 ? BEST_BID_TICKS - distance : BEST_BID_TICKS + 1 + distance;
    }
}
