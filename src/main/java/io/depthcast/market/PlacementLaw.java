package io.depthcast.market;

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
    /** As a share of the depth. */
    private static final double HUMP_AT = 0.05;
    /** A power of two. Those who do not care when they trade quote at any distance, else a fast market would run dry. */
    private static final int PATIENT_ONE_IN = 16;

    /** As a share of the depth. */
    private static final double STALE_AT = 1.3;

    private static final QuantileTable DISTANCES =
            new QuantileTable(u -> NEAR_TICKS * (StrictMath.pow(1 - u, -1 / TAIL_EXPONENT) - 1));

    private final int depthTicks;
    private final double[] usualOrders;

    PlacementLaw(int depthTicks) {
        this.depthTicks = depthTicks;
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

    /**
     * Draws a distance, at least 1; now and then one beyond {@link #depthTicks()}.
     *
     * @param bits uniform random bits, of which the lowest 32 and bits 48 to 51 are used
     */
    int distance(long bits) {
        boolean patient = ((bits >>> 48) & (PATIENT_ONE_IN - 1)) == 0;
        return 1 + (patient ? (int) (((bits & 0xFFFF_FFFFL) * depthTicks) >>> 32) : (int) DISTANCES.draw(bits));
    }

    double usualOrders(int distance) {
        return usualOrders[distance];
    }
}
