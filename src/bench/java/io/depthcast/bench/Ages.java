package io.depthcast.bench;

/** How old prices were when they arrived, in steps of 0.1 ms up to a minute. One thread. */
final class Ages {
    private static final int STEP_MICROS = 100;
    private static final int STEPS = 600_000;

    private final int[] counts = new int[STEPS];
    private long total;

    void add(long ageMicros) {
        counts[(int) Math.max(0, Math.min(STEPS - 1, ageMicros / STEP_MICROS))]++;
        total++;
    }

    long total() {
        return total;
    }

    /** In milliseconds; the upper end of the step. */
    double quantileMillis(double quantile) {
        long rank = (long) Math.ceil(quantile * total);
        int step = 0;
        for (long below = counts[0]; below < rank; below += counts[step]) {
            step++;
        }
        return (step + 1) * STEP_MICROS / 1e3;
    }
}
