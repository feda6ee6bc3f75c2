package io.depthcast.market;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What each instrument is worth: correlated random walks, driven by one factor of the whole market and one of the
 * instrument's own, each with a volatility that clusters. A pull towards the opening price, far too weak to be seen in
 * the returns, keeps prices within a few ten percent of it however long the market runs.
 */
final class FundamentalPrices {
    private static final double STEP_SECONDS = 0.01;
    private static final int STEPS_PER_VOLATILITY_STEP = 10;
    private static final double VOLATILITY_STEP_SECONDS = STEP_SECONDS * STEPS_PER_VOLATILITY_STEP;
    private static final double PULL_PER_STEP = STEP_SECONDS / 5e6;

    private final SplittableRandom random;
    private final StochasticVolatility marketVolatility;
    private final StochasticVolatility[] ownVolatilities;
    private final double[] opening;
    private final double[] ticks;
    private final double[] marketScale;
    private final double[] ownScale;
    private long steps;

    FundamentalPrices(List<InstrumentModel> models, SplittableRandom random) {
        int count = models.size();
        this.random = random;
        this.marketVolatility = new StochasticVolatility(random.split(), VOLATILITY_STEP_SECONDS);
        this.ownVolatilities = new StochasticVolatility[count];
        this.opening = new double[count];
        this.marketScale = new double[count];
        this.ownScale = new double[count];
        for (int i = 0; i < count; i++) {
            InstrumentModel model = models.get(i);
            double scale = model.volatility() * StrictMath.sqrt(STEP_SECONDS);
            double correlation = model.marketCorrelation();
            ownVolatilities[i] = new StochasticVolatility(random.split(), VOLATILITY_STEP_SECONDS);
            opening[i] = model.openingTicks();
            marketScale[i] = scale * correlation;
            ownScale[i] = scale * StrictMath.sqrt(1 - correlation * correlation);
        }
        this.ticks = opening.clone();
    }

    double ticks(int index) {
        return ticks[index];
    }

    /** How nervous an instrument is for reasons of its own, about 1. */
    double ownVolatility(int index) {
        return ownVolatilities[index].level();
    }

    /** Moves on to a time that does not fall, and says whether volatilities changed. */
    boolean advanceTo(double seconds) {
        boolean volatilitiesChanged = false;
        while ((steps + 1) * STEP_SECONDS <= seconds) {
            steps++;
            if (steps % STEPS_PER_VOLATILITY_STEP == 0) {
                stepVolatilities();
                volatilitiesChanged = true;
            }
            stepPrices();
        }
        return volatilitiesChanged;
    }

    private void stepVolatilities() {
        marketVolatility.step();
        for (StochasticVolatility own : ownVolatilities) {
            own.step();
        }
    }

    private void stepPrices() {
        double market = marketVolatility.level() * Gaussian.draw(random);
        for (int i = 0; i < ticks.length; i++) {
            double own = ownVolatilities[i].level() * Gaussian.draw(random);
            double pull = PULL_PER_STEP * (ticks[i] / opening[i] - 1);
            ticks[i] *= 1 + marketScale[i] * market + ownScale[i] * own - pull;
        }
    }
}
