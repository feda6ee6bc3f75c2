package io.depthcast.limit;

/**
 * How long to wait before the next attempt to connect: full jitter, so that a crowd which was cut at once does not come
 * back at once. The wait is even between 0 and a ceiling that doubles with each failure up to a cap; a connection that
 * held for long enough makes the next ceiling the lowest again. One thread.
 */
public final class Backoff {
    private final long baseNanos;
    private final long capNanos;
    private final long healthyNanos;
    private int failures;

    /**
     * @param baseNanos the first ceiling, at least 1
     * @param capNanos the highest ceiling, at least the first
     * @param healthyNanos a connection that lasted this long was no failure
     * @throws IllegalArgumentException outside the ranges above
     */
    public Backoff(long baseNanos, long capNanos, long healthyNanos) {
        if (baseNanos < 1 || capNanos < baseNanos || healthyNanos < 0) {
            throw new IllegalArgumentException(
                    "expected 1 <= base <= cap, got " + baseNanos + " and " + capNanos + ", healthy " + healthyNanos);
        }
        this.baseNanos = baseNanos;
        this.capNanos = capNanos;
        this.healthyNanos = healthyNanos;
    }

    /**
     * The wait after a connection has ended, or an attempt has failed.
     *
     * @param livedNanos how long the connection was good, 0 if there was none
     * @param random evenly distributed, from 0 to below 1
     */
    public long nextNanos(long livedNanos, double random) {
        return nextNanos(livedNanos, random, 0);
    }

    /**
     * The same where others are likely to have been cut as well.
     *
     * @param spreadNanos the ceiling of this one is no lower
     */
    public long nextNanos(long livedNanos, double random, long spreadNanos) {
        if (livedNanos > 0 && livedNanos >= healthyNanos) {
            failures = 0;
        }
        long ceiling = Math.max(spreadNanos, ceilingNanos());
        failures++;
        return (long) (random * ceiling);
    }

    private long ceilingNanos() {
        // Compared by a shift of the cap, because a shift of the base may not fit.
        return failures >= Long.SIZE - 1 || baseNanos > capNanos >> failures ? capNanos : baseNanos << failures;
    }

    /** Failures in a row. */
    public int failures() {
        return failures;
    }
}
