package io.depthcast.fanout;

import io.depthcast.metrics.LoopMeters;
import io.depthcast.metrics.Meters;
import java.util.function.LongConsumer;

/** What the flushes of one loop cost, and by how much it therefore stretches their interval. That loop. */
final class LoopLoad {
    private final String loop;
    private final WorkMeter work;
    private final LongConsumer durations;
    private final LoopMeters meters;
    private final Stretch stretch;

    /**
     * @param loop such as {@code gateway-0}
     * @param durations hears how long each flush took, in nanoseconds
     */
    LoopLoad(String loop, int flushMillis, WorkMeter work, Meters meters, LongConsumer durations) {
        this.loop = loop;
        this.work = work;
        this.durations = durations;
        this.meters = meters.loop(loop);
        this.stretch = new Stretch(flushMillis, work.nowNanos());
        this.meters.stretched(stretch.factor());
    }

    String name() {
        return loop;
    }

    /** The begin of a flush, for {@link #flushed}. */
    long begin() {
        return work.nowNanos();
    }

    void flushed(long begunNanos) {
        long nanos = work.workedNanos(loop, begunNanos);
        durations.accept(nanos);
        if (stretch.worked(nanos)) {
            meters.overran();
        }
    }

    /** To be called a few times a second; returns whether {@link #factor()} has changed. */
    boolean check() {
        return stretch.check(work.nowNanos());
    }

    int factor() {
        return stretch.factor();
    }

    /** Shows a factor that this loop keeps to, be it its own or that of another. */
    void keepTo(int factor) {
        meters.stretched(factor);
    }
}
