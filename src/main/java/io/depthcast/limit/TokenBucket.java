package io.depthcast.limit;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket: {@code perSecond} tokens flow in each second, up to {@code burst}; it starts full. Exact on integers:
 * level and cost are kept in nanosecond-tokens, so no fraction of a token is ever lost. One thread; time is monotonic.
 */
public final class TokenBucket {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long capacity;
    private long level;
    private long lastNanos;

    /**
     * @param perSecond 1 to 1,000,000,000
     * @param burst 1 to 4,000,000,000
     * @throws IllegalArgumentException outside the ranges above
     */
    public TokenBucket(long perSecond, long burst, long nowNanos) {
        if (perSecond < 1 || perSecond > 1_000_000_000L || burst < 1 || burst > 4_000_000_000L) {
            throw new IllegalArgumentException("expected positive rates, got " + perSecond + "/s, burst " + burst);
        }
        this.perSecond = perSecond;
        this.capacity = burst * SECOND;
        this.level = capacity;
        this.lastNanos = nowNanos;
    }

    /**
     * Takes the tokens if they are there; otherwise takes none and returns false.
     *
     * @param tokens not negative
     */
    public boolean tryTake(long tokens, long nowNanos) {
        refill(nowNanos);
        // Compared by division, because tokens * SECOND may not fit.
        if (tokens > level / SECOND) {
            return false;
        }
        level -= tokens * SECOND;
        return true;
    }

    /** Whether nothing is missing, so that a new bucket would be the same. */
    public boolean isFull(long nowNanos) {
        refill(nowNanos);
        return level == capacity;
    }

    private void refill(long nowNanos) {
        long elapsed = nowNanos - lastNanos;
        if (elapsed <= 0) {
            return;
        }
        lastNanos = nowNanos;
        long missing = capacity - level;
        // Compared by division, because elapsed * perSecond may not fit.
        level = elapsed > missing / perSecond ? capacity : level + elapsed * perSecond;
    }
}
