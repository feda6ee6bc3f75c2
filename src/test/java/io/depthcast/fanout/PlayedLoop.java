package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A loop whose work costs what a test says, with noise, on time that the test makes; it stretches as a loop does. */
final class PlayedLoop {
    static final int FLUSH_MILLIS = 20;
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    /** What the loop has to do, second by second; shares are of the usual interval. */
    interface Work {
        /** CPU time of a flush, in nanoseconds, at this interval. */
        long own(double second, double millis);

        /** Part of its CPU time that a flush waits in addition. */
        default double waited(double second) {
            return 0;
        }

        /** Part of all time that goes to something else. */
        default double rest(double second) {
            return 0;
        }
    }

    private final Flushes flushes = Flushes.every(FLUSH_MILLIS);
    private final Random random;
    private final double noise;
    /** Nowhere near zero, for monotonic time has no origin. */
    private final long startNanos = Long.MAX_VALUE / 2;

    private long nowNanos = startNanos;
    private long cpuNanos;
    final Stretch stretch = new Stretch(flushes, nowNanos, cpuNanos);
    private long dueTick = flushes.at(nowNanos);

    /** @param noise of the cost of a flush: its deviation; and rarely a flush stands still for twice as long as it takes */
    PlayedLoop(long seed, double noise) {
        this.random = new Random(seed);
        this.noise = noise;
    }

    double seconds() {
        return (nowNanos - startNanos) / (double) SECOND;
    }

    double millis() {
        return stretch.ticks() * flushes.tickNanos() / (double) MILLI;
    }

    /** The interval, in milliseconds, at each flush of so many seconds. */
    List<Double> run(double seconds, Work work) {
        List<Double> intervals = new ArrayList<>();
        long end = nowNanos + (long) (seconds * SECOND);
        while (nowNanos < end) {
            flush(work);
            intervals.add(millis());
        }
        return intervals;
    }

    private void flush(Work work) {
        nowNanos = Math.max(nowNanos, dueTick * flushes.tickNanos());
        double second = seconds();
        int ticks = stretch.ticks();
        long own = (long) (work.own(second, millis()) * factor());
        // Now and then a collection.
        long stopped = noise > 0 && random.nextInt(200) == 0 ? 2 * own : 0;
        long waited = (long) (own * work.waited(second)) + stopped;
        stretch.begins(nowNanos);
        stretch.worked(own + waited, own);
        dueTick = Flushes.next(flushes.at(nowNanos), ticks);
        long rest = (long) (work.rest(second) * ticks * flushes.tickNanos());
        nowNanos += own + waited + rest;
        cpuNanos += own + rest;
        // Who is late is answered at the next tick.
        dueTick = Math.max(dueTick, flushes.at(nowNanos) + (flushes.at(nowNanos) >= dueTick ? 1 : 0));
        stretch.check(nowNanos, cpuNanos);
    }

    /** Nothing is flushed for so long. */
    void rest(double seconds) {
        long end = nowNanos + (long) (seconds * SECOND);
        while (nowNanos < end) {
            nowNanos += SECOND / 4;
            stretch.check(nowNanos, cpuNanos);
        }
        dueTick = flushes.at(nowNanos) + 1;
    }

    private double factor() {
        return Math.max(0.2, 1 + noise * random.nextGaussian());
    }

    static int changes(List<Double> intervals) {
        int changes = 0;
        for (int i = 1; i < intervals.size(); i++) {
            changes += intervals.get(i).equals(intervals.get(i - 1)) ? 0 : 1;
        }
        return changes;
    }
}
