package io.depthcast.market;

import java.util.random.RandomGenerator;

/**
 * A volatility that clusters: its logarithm is a sum of Ornstein-Uhlenbeck processes whose memories are a decade apart,
 * which together forget about as slowly as a power law does. The mean of its square is 1.
 */
final class StochasticVolatility {
    private static final double[] MEMORY_SECONDS = {1, 10, 100, 1000};
    private static final double DEVIATION = 0.38;
    private static final double LOG_VARIANCE = MEMORY_SECONDS.length * DEVIATION * DEVIATION;

    private final RandomGenerator random;
    private final double[] logs = new double[MEMORY_SECONDS.length];
    private final double[] keep = new double[MEMORY_SECONDS.length];
    private final double[] kick = new double[MEMORY_SECONDS.length];
    private double level;

    StochasticVolatility(RandomGenerator random, double stepSeconds) {
        this.random = random;
        for (int i = 0; i < logs.length; i++) {
            keep[i] = StrictMath.exp(-stepSeconds / MEMORY_SECONDS[i]);
            kick[i] = DEVIATION * StrictMath.sqrt(1 - keep[i] * keep[i]);
            logs[i] = DEVIATION * Gaussian.draw(random);
        }
        step();
    }

    double level() {
        return level;
    }

    void step() {
        double log = -LOG_VARIANCE;
        for (int i = 0; i < logs.length; i++) {
            logs[i] = keep[i] * logs[i] + kick[i] * Gaussian.draw(random);
            log += logs[i];
        }
        level = StrictMath.exp(log);
    }
}
