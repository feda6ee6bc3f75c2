package io.depthcast.fanout;

import io.depthcast.metrics.LoopMeters;
import io.depthcast.metrics.Meters;
import java.util.function.LongConsumer;

/** What the flushes of one loop cost, and how far it therefore stretches their interval. That loop. */
final class LoopLoad {
    private final String loop;
    private final Flushes flushes;
    private final WorkMeter work;
    private final LongConsumer durations;
    private final LoopMeters meters;
    private final Stretch stretch;
    private long cpuNanos;

    /**
     * @param loop such as {@code gateway-0}
     * @param durations hears how long each flush took, in nanoseconds
     */
    LoopLoad(String loop, Flushes flushes, WorkMeter work, Meters meters, LongConsumer durations) {
        this.loop = loop;
        this.flushes = flushes;
        this.work = work;
        this.durations = durations;
        this.meters = meters.loop(loop);
        this.stretch = new Stretch(flushes, work.nowNanos(), work.cpuNanos());
        keepTo(stretch.ticks());
    }

    String name() {
        return loop;
    }

    /** The begin of a flush, for {@link #flushed}. */
    long begin() {
        long begunNanos = work.nowNanos();
        stretch.begins(begunNanos);
        cpuNanos = work.cpuNanos();
        return begunNanos;
    }

    void flushed(long begunNanos) {
        long nanos = work.workedNanos(loop, begunNanos);
        durations.accept(nanos);
        if (stretch.worked(nanos, Math.min(nanos, work.cpuNanos() - cpuNanos))) {
            meters.overran();
        }
    }

    /** To be called a few times a second; returns whether {@link #ticks()} has changed. */
    boolean check() {
        return stretch.check(work.nowNanos(), work.cpuNanos());
    }

    /** From one flush to the next. */
    int ticks() {
        return stretch.ticks();
    }

    /** Shows the interval that this loop keeps to, be it its own or that of another. */
    void keepTo(int ticks) {
        meters.stretched((double) ticks / flushes.ticks());
    }
}
