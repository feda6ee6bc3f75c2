package io.depthcast.limit;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket: {@code perSecond} tokens flow in each second, up to {@code burst}; it starts full. Exact on integers:
 * level and cost are kept in nanosecond-tokens, so no fraction of a token is ever lost. One thread; time is monotonic.
 */
public final class TokenBucket {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** No debt is deeper, so that it and the largest capacity still fit a long together. */
    private static final long DEEPEST = -4_000_000_000L * SECOND;

    private long perSecond;
    private long capacity;
    private long level;
    private long lastNanos;

    /**
     * @param perSecond 1 to 1,000,000,000
     * @param burst 1 to 4,000,000,000
     * @throws IllegalArgumentException outside the ranges above
     */
    public TokenBucket(long perSecond, long burst, long nowNanos) {
        checkRange(perSecond, burst);
        this.perSecond = perSecond;
        this.capacity = burst * SECOND;
        this.level = capacity;
        this.lastNanos = nowNanos;
    }

    private static void checkRange(long perSecond, long burst) {
        if (perSecond < 1 || perSecond > 1_000_000_000L || burst < 1 || burst > 4_000_000_000L) {
            throw new IllegalArgumentException("expected positive rates, got " + perSecond + "/s, burst " + burst);
        }
    }

    /**
     * Has tokens flow in at another rate from now on. What is there stays, up to the new burst; a debt stays too.
     *
     * @throws IllegalArgumentException outside the ranges of the constructor
     */
    public void setRate(long newPerSecond, long newBurst, long nowNanos) {
        checkRange(newPerSecond, newBurst);
        refill(nowNanos);
        perSecond = newPerSecond;
        capacity = newBurst * SECOND;
        level = Math.min(level, capacity);
    }

    public long perSecond() {
        return perSecond;
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

    /**
     * Takes the tokens whether they are there or not, for a cost that is known only when it is due.
     *
     * @param tokens 0 to 1,000,000,000
     */
    public void spend(long tokens, long nowNanos) {
        refill(nowNanos);
        level = Math.max(DEEPEST, level - tokens * SECOND);
    }

    /** Whether more was spent than has flowed in. */
    public boolean isInDebt(long nowNanos) {
        refill(nowNanos);
        return level < 0;
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
