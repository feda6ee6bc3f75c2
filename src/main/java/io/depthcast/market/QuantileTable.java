package io.depthcast.market;

import java.util.function.DoubleUnaryOperator;

/**
 * Draws from a distribution by looking its quantiles up, linear between the entries: no logarithm or power per draw, and
 * the same numbers on every machine.
 */
final class QuantileTable {
    private static final int CELL_BITS = 11;
    private static final int CELLS = 1 << CELL_BITS;
    private static final int FRACTION_BITS = 21;
    private static final double FRACTION_UNIT = 1.0 / (1 << FRACTION_BITS);

    private final double[] quantiles = new double[CELLS + 1];

    /** @param inverse the quantile function, defined on (0, 1); beyond a quarter of a cell from the ends it is cut */
    QuantileTable(DoubleUnaryOperator inverse) {
        for (int i = 0; i <= CELLS; i++) {
            double probability = Math.min(Math.max(i, 0.25), CELLS - 0.25) / CELLS;
            quantiles[i] = inverse.applyAsDouble(probability);
        }
    }

    /** Exponential with mean 1. */
    static QuantileTable exponential() {
        return new QuantileTable(u -> -StrictMath.log(1 - u));
    }

    /** Pareto: the chance to exceed x is {@code (lowest / x) ^ exponent}. */
    static QuantileTable pareto(double lowest, double exponent) {
        return new QuantileTable(u -> lowest * StrictMath.pow(1 - u, -1 / exponent));
    }

    /** Log-logistic: rises to its median and falls like a power, as the sizes of limit orders do. */
    static QuantileTable logLogistic(double median, double exponent) {
        return new QuantileTable(u -> median * StrictMath.pow(u / (1 - u), 1 / exponent));
    }

    /** @param bits uniform random bits, of which the lowest 32 are used */
    double draw(long bits) {
        int cell = (int) bits & CELLS - 1;
        double fraction = (bits >>> CELL_BITS & (1 << FRACTION_BITS) - 1) * FRACTION_UNIT;
        return quantiles[cell] + fraction * (quantiles[cell + 1] - quantiles[cell]);
    }
}
