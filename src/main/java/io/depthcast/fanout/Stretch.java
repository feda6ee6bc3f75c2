package io.depthcast.fanout;

import java.util.concurrent.TimeUnit;

/**
 * By how much a loop that cannot keep up stretches the flush interval for everybody on it. Doubles after a second in which
 * flushes took most of the time, halves after some seconds in which twice the flushes would fit with room to spare. A
 * relapse soon after that makes it more patient the next time. One thread.
 */
final class Stretch {
    static final int MAX = 16;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** In a window without a flush every loop looks idle. */
    private static final long WINDOW_FLUSHES = 4;

    /** Percent of the time: what is left is for commands, handshakes and pings. */
    private static final int OVERLOADED_PERCENT = 80;
    /** Percent of the time: less than half of the other figure, so that half the interval is no overload again. */
    private static final int CALM_PERCENT = 36;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MAX_PATIENCE_NANOS = 16 * PATIENCE_NANOS;
    private static final long RELAPSE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final long flushNanos;
    private int factor = 1;
    private long busyNanos;
    private long windowNanos;
    private long calmNanos;
    private long patienceNanos = PATIENCE_NANOS;
    private long relaxedNanos;
    /** Whether the last step was one down. */
    private boolean relaxed;

    Stretch(int flushMillis, long nowNanos) {
        this.flushNanos = TimeUnit.MILLISECONDS.toNanos(flushMillis);
        this.windowNanos = nowNanos;
        this.calmNanos = nowNanos;
        this.relaxedNanos = nowNanos - RELAPSE_NANOS;
    }

    /** 1, 2, 4, 8 or {@link #MAX}. */
    int factor() {
        return factor;
    }

    /**
     * One flush took so long. Returns whether that was longer than the interval; the rest of the interval in which it ended
     * is lost with it, since the loop missed its beginning.
     */
    boolean worked(long nanos) {
        long interval = flushNanos * factor;
        boolean overrun = nanos > interval;
        busyNanos += overrun ? ((nanos - 1) / interval + 1) * interval : nanos;
        return overrun;
    }

    /** To be called a few times a second; returns whether the factor has changed. */
    boolean check(long nowNanos) {
        long elapsed = nowNanos - windowNanos;
        if (elapsed < Math.max(WINDOW_NANOS, WINDOW_FLUSHES * factor * flushNanos)) {
            return false;
        }
        int before = factor;
        long busyPercent = 100 * busyNanos / elapsed;
        windowNanos = nowNanos;
        busyNanos = 0;
        if (busyPercent >= CALM_PERCENT) {
            calmNanos = nowNanos;
        }
        if (busyPercent >= OVERLOADED_PERCENT) {
            tighten(nowNanos);
        } else if (nowNanos - calmNanos >= patienceNanos) {
            relax(nowNanos);
        }
        return factor != before;
    }

    private void tighten(long nowNanos) {
        if (nowNanos - relaxedNanos >= RELAPSE_NANOS) {
            patienceNanos = PATIENCE_NANOS;
        } else if (relaxed) {
            patienceNanos = Math.min(2 * patienceNanos, MAX_PATIENCE_NANOS);
        }
        relaxed = false;
        factor = Math.min(2 * factor, MAX);
    }

    private void relax(long nowNanos) {
        if (factor > 1) {
            factor /= 2;
            relaxedNanos = nowNanos;
            relaxed = true;
        }
        calmNanos = nowNanos;
    }
}
