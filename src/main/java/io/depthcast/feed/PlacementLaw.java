package io.depthcast.feed;

/**
 * Where limit orders are placed, and how many usually rest there, by distance from the opposite best price in ticks.
 *
 * <p>Placement falls as a power of the distance with exponent 1.6 (Bouchaud, Mezard and Potters 2002). The orders that
 * rest first rise with the distance and then fall slowly: near the best price they soon trade, far away few are placed
 * but these stay.
 */
final class PlacementLaw {
    private static final double TAIL_EXPONENT = 0.6;
    private static final double NEAR_TICKS = 2;
    private static final double FAR_ORDERS = 1.4;
    private static final double HUMP_ORDERS = 4;
    private static final double HUMP_AT = 0.05;
    private static final double STALE_AT = 1.3;

    private final int depthTicks;
    private final QuantileTable distances;
    private final double[] usualOrders;

    PlacementLaw(int depthTicks) {
        double inside = 1 - StrictMath.pow(1 + depthTicks / NEAR_TICKS, -TAIL_EXPONENT);
        this.depthTicks = depthTicks;
        this.distances = new QuantileTable(u -> NEAR_TICKS * (StrictMath.pow(1 - u * inside, -1 / TAIL_EXPONENT) - 1));
        this.usualOrders = new double[depthTicks + 1];
        for (int distance = 1; distance <= depthTicks; distance++) {
            double x = distance / (HUMP_AT * depthTicks);
            usualOrders[distance] = FAR_ORDERS + HUMP_ORDERS * x * StrictMath.exp(1 - x);
        }
    }

    int depthTicks() {
        return depthTicks;
    }

    /** How far behind the best price of its own side a level may fall before it is withdrawn. */
    int staleTicks() {
        return (int) (STALE_AT * depthTicks);
    }

    /** A distance from 1 to {@link #depthTicks()}. */
    int distance(long bits) {
        return Math.min(depthTicks, 1 + (int) distances.draw(bits));
    }

    double usualOrders(int distance) {
        return usualOrders[distance];
    }
}
