package io.depthcast.http;

import io.depthcast.fanout.WorkMeter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One loop on a machine that is too slow for it, or stands altogether, whenever it looks at the clock. Any thread. */
final class SlowWork implements WorkMeter {
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final String loop;
    private volatile boolean slow;
    private volatile boolean stands;

    SlowWork(String loop) {
        this.loop = loop;
    }

    void slow(boolean whether) {
        slow = whether;
    }

    void stand(boolean whether) {
        stands = whether;
    }

    @Override
    public long nowNanos() {
        boolean isIt = Thread.currentThread().getName().equals(loop);
        while (isIt && (slow || stands)) {
            LockSupport.parkNanos(this, SLOW_NANOS);
            isIt = stands;
        }
        return System.nanoTime();
    }

    /** A little, so that the flush is late and nothing is done about it. */
    @Override
    public long workedNanos(String name, long sinceNanos) {
        return 1;
    }
}
