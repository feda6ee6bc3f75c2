package io.depthcast.fanout;

import java.util.concurrent.TimeUnit;

/**
 * The numbering of flushes by monotonic time, the same for every shard and gateway loop of a process, so that clients of
 * one interval are due at the same flush.
 */
public record Flushes(int flushMillis) {
    /** Number of the flush period that a time falls into. */
    public long at(long nowNanos) {
        return Math.floorDiv(nowNanos, TimeUnit.MILLISECONDS.toNanos(flushMillis));
    }

    /** Milliseconds until the next flush period has begun, at least 1: then all shards of a process flush together. */
    long millisToNext(long nowNanos) {
        long periodNanos = TimeUnit.MILLISECONDS.toNanos(flushMillis);
        long leftNanos = periodNanos - Math.floorMod(nowNanos, periodNanos);
        return TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1;
    }

    /** Every how many flushes an interval is due: the interval rounded up to a multiple of the flush, at least one. */
    public int cadence(int intervalMillis) {
        return Math.max(1, (intervalMillis + flushMillis - 1) / flushMillis);
    }

    /** A cadence where only every n-th flush takes place: rounded up to a multiple of n, so that equals stay equal. */
    static int stretched(int cadence, int stretch) {
        return (cadence + stretch - 1) / stretch * stretch;
    }

    /** First flush after now at which a cadence is due; 0, that is the next one, for a cadence of one. */
    long nextDue(int cadence, long nowNanos) {
        return cadence == 1 ? 0 : (Math.floorDiv(at(nowNanos), (long) cadence) + 1) * cadence;
    }
}
