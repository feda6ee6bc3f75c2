package io.depthcast.source;

import java.util.concurrent.TimeUnit;

/** Says when a line that could be logged thousands of times a second is due: the first at once, then one a minute. One thread. */
final class MinuteByMinute {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private boolean hasSaid;
    private long saidNanos;

    boolean isDue(long nowNanos) {
        if (hasSaid && nowNanos - saidNanos < MINUTE_NANOS) {
            return false;
        }
        hasSaid = true;
        saidNanos = nowNanos;
        return true;
    }
}
