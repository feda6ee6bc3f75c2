package io.depthcast.fanout;

import java.util.concurrent.TimeUnit;

/**
 * The grid on which flushes take place: ticks of monotonic time, numbered alike by every shard and gateway loop of a process.
 * Usually a flush is due at every {@link #ticks()}-th; overload makes it any other number above. So clients of one interval are
 * due at the same tick, and fit beside those of another.
 *
 * @param flushMillis the usual time between two flushes
 * @param ticks of that time, from 1
 */
public record Flushes(int flushMillis, int ticks) {
    /** Milliseconds: a step of the interval that nobody sees, and no client needs more timers than it has flushes. */
    private static final int LONGEST_TICK_MILLIS = 5;
    /** Where flushes are that fast the interval still has to fit by a quarter. */
    private static final int LEAST_TICKS = 4;

    /** With ticks of 5 ms at most, and at least four a flush. */
    public static Flushes every(int flushMillis) {
        int ticks = Math.max(LEAST_TICKS, (flushMillis + LONGEST_TICK_MILLIS - 1) / LONGEST_TICK_MILLIS);
        while (TimeUnit.MILLISECONDS.toNanos(flushMillis) % ticks != 0) {
            ticks++;
        }
        return new Flushes(flushMillis, ticks);
    }

    long tickNanos() {
        return TimeUnit.MILLISECONDS.toNanos(flushMillis) / ticks;
    }

    /** So many ticks, rounded up. */
    int millis(int someTicks) {
        return (someTicks * flushMillis + ticks - 1) / ticks;
    }

    /** Number of the tick that a time falls into. */
    public long at(long nowNanos) {
        return Math.floorDiv(nowNanos, tickNanos());
    }

    /** Milliseconds until a tick, rounded up, at least 1: then all shards of a process flush together. */
    long millisTo(long tick, long nowNanos) {
        long leftNanos = tick * tickNanos() - nowNanos;
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos + TimeUnit.MILLISECONDS.toNanos(1) - 1));
    }

    /** The first multiple of so many ticks after that one. */
    static long next(long tick, int multiple) {
        return (Math.floorDiv(tick, (long) multiple) + 1) * multiple;
    }

    /** Every how many ticks an interval is due: the interval rounded up to a multiple of the flush, at least one. */
    public int cadence(int intervalMillis) {
        return Math.max(1, (intervalMillis + flushMillis - 1) / flushMillis) * ticks;
    }

    /** A cadence where only every n-th tick has a flush: rounded up to a multiple of n, so that equals stay equal. */
    static int stretched(int cadence, int stretch) {
        return (cadence + stretch - 1) / stretch * stretch;
    }

    /** First tick after now at which a cadence is due; 0, that is the next flush, for the usual one. */
    long nextDue(int cadence, long nowNanos) {
        return cadence == ticks ? 0 : next(at(nowNanos), cadence);
    }
}
