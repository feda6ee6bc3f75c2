package io.depthcast.market;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When the next order comes, and for which instrument: a Hawkes process with an exponential kernel (Hawkes 1971), drawn
 * by thinning (Ogata 1981). Each order raises the intensity of its own instrument and, less, that of all.
 */
final class HawkesArrivals {
    /** Orders that one order brings about on average; below 1 together, or there would be no end of them. */
    private static final double OWN_CHILDREN = 0.5;

    private static final double SHARED_CHILDREN = 0.15;
    private static final double DECAY_PER_SECOND = 5;
    private static final double RESCALE_BELOW = 1e-9;

    private final RandomGenerator random;
    private final QuantileTable exponential = QuantileTable.exponential();
    private final double[] activity;
    private final double[] base;
    private final double baseTotal;
    /** Excitation times {@link #decay} is intensity: so one multiplication lets all of them fade. */
    private final double[] excitation;

    private double excitationTotal;
    private double sharedExcitation;
    private double decay = 1;
    private double seconds;

    /** @param ordersPerSecond of all instruments together, on average */
    HawkesArrivals(List<InstrumentModel> models, double ordersPerSecond, RandomGenerator random) {
        this.random = random;
        this.activity = models.stream().mapToDouble(InstrumentModel::activity).toArray();
        this.baseTotal = ordersPerSecond * (1 - OWN_CHILDREN - SHARED_CHILDREN);
        this.base = new double[activity.length];
        this.excitation = new double[activity.length];
        this.sharedExcitation = ordersPerSecond * SHARED_CHILDREN;
        for (int i = 0; i < activity.length; i++) {
            base[i] = baseTotal * activity[i];
            excitation[i] = ordersPerSecond * OWN_CHILDREN * activity[i];
            excitationTotal += excitation[i];
        }
    }

    /** Time of the newest order. */
    double seconds() {
        return seconds;
    }

    /** Nervous instruments trade more, the others less: the sum stays. */
    void weigh(FundamentalPrices prices) {
        double total = 0;
        for (int i = 0; i < base.length; i++) {
            base[i] = activity[i] * StrictMath.sqrt(prices.ownVolatility(i));
            total += base[i];
        }
        for (int i = 0; i < base.length; i++) {
            base[i] *= baseTotal / total;
        }
    }

    /** Goes on to the next order and returns the index of its instrument. */
    int next() {
        double intensity;
        double at;
        do {
            double bound = baseTotal + decay * (excitationTotal + sharedExcitation);
            double waitSeconds = exponential.draw(random.nextLong()) / bound;
            seconds += waitSeconds;
            decay *= StrictMath.exp(-DECAY_PER_SECOND * waitSeconds);
            intensity = baseTotal + decay * (excitationTotal + sharedExcitation);
            at = random.nextDouble() * bound;
        } while (at > intensity);
        int chosen = choose(at);
        excite(chosen);
        return chosen;
    }

    private int choose(double at) {
        double own = decay * excitationTotal;
        if (at < own) {
            return indexAt(excitation, at / decay);
        }
        return indexAt(base, (at - own) / (1 + decay * sharedExcitation / baseTotal));
    }

    private static int indexAt(double[] weights, double at) {
        double left = at;
        int index = 0;
        while (index < weights.length - 1 && left >= weights[index]) {
            left -= weights[index++];
        }
        return index;
    }

    private void excite(int index) {
        double own = OWN_CHILDREN * DECAY_PER_SECOND / decay;
        excitation[index] += own;
        excitationTotal += own;
        sharedExcitation += SHARED_CHILDREN * DECAY_PER_SECOND / decay;
        if (decay < RESCALE_BELOW) {
            rescale();
        }
    }

    private void rescale() {
        sharedExcitation *= decay;
        excitationTotal = 0;
        for (int i = 0; i < excitation.length; i++) {
            excitation[i] *= decay;
            excitationTotal += excitation[i];
        }
        decay = 1;
    }
}
