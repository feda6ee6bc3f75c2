package io.depthcast.http;

import io.depthcast.fanout.WorkMeter;
import java.util.concurrent.TimeUnit;

/**
 * Time that passes four times as fast, and loops whose flushes take a little of it or more than there is: however busy the
 * machine, a gateway is overloaded when the test says so. Any thread.
 */
public final class PlayedWork implements WorkMeter {
    private static final int HASTE = 4;
    private static final long LITTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long OVERLOAD_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final String NONE = "none";

    private volatile String loaded = NONE;
    /** What the flushes of a loop have taken that they only say. */
    private final ThreadLocal<Long> playedNanos = ThreadLocal.withInitial(() -> 0L);

    /** @param loops how the names of the overloaded loops begin */
    public void load(String loops) {
        loaded = loops;
    }

    public void unload() {
        loaded = NONE;
    }

    @Override
    public long nowNanos() {
        return HASTE * System.nanoTime();
    }

    @Override
    public long workedNanos(String loop, long sinceNanos) {
        if (loop.startsWith(loaded)) {
            playedNanos.set(playedNanos.get() + OVERLOAD_NANOS);
            return OVERLOAD_NANOS;
        }
        return Math.min(LITTLE_NANOS, (nowNanos() - sinceNanos) / HASTE);
    }

    @Override
    public long cpuNanos() {
        return CLOCK.cpuNanos() + playedNanos.get();
    }
}
