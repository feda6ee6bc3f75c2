package io.depthcast.http;

import io.depthcast.fanout.WorkMeter;
import java.util.concurrent.TimeUnit;

/** Time that passes twenty times as fast, and loops whose flushes take no time at all or more than there is. Any thread. */
public final class PlayedWork implements WorkMeter {
    private static final int HASTE = 20;
    private static final String NONE = "none";

    private volatile String loaded = NONE;

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
        return loop.startsWith(loaded) ? TimeUnit.HOURS.toNanos(1) : 0;
    }
}
