package io.depthcast.fanout;

import java.util.concurrent.TimeUnit;

/**
 * By how much a loop that cannot keep up stretches the flush interval for everybody on it. After a second in which flushes took
 * most of the time it grows as far as they need, at most to twice itself; after some seconds in which more flushes would fit
 * with room to spare it shrinks as far as they allow, at most to half. A relapse soon after that makes it more patient the
 * next time. How much less a flush has to tell after a shorter interval is learnt whenever the factor changes. Where nothing
 * has been flushed for some seconds there is nothing to stretch: whoever comes after all others have left is not kept out by
 * what they cost. One thread.
 */
final class Stretch {
    static final int MAX = 16;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** In a window without a flush every loop looks idle. */
    private static final long WINDOW_FLUSHES = 4;

    /** Percent of the time: what is left is for commands, handshakes and pings. */
    private static final int OVERLOADED_PERCENT = 90;
    /** Percent of the time that flushes shall take where they were too many. */
    private static final int FITTING_PERCENT = 85;
    /** Percent of the time that they may take after more are made, so that this is no overload again. */
    private static final int CALM_PERCENT = 80;

    private static final long PERCENT = 100;
    /** Where all of the work grew with the interval, no factor would help. */
    private static final double MAX_GROWTH = 0.8;

    private static final double ROUNDING = 1e-9;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long MAX_PATIENCE_NANOS = 4 * PATIENCE_NANOS;
    private static final long RELAPSE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final long flushNanos;
    private int factor = 1;
    private long busyNanos;
    private long workedNanos;
    private int flushes;
    private long flushedNanos;
    private long windowNanos;
    /** Since when a smaller factor would have done, and which one. */
    private long calmNanos;

    private int calmFactor = 1;
    private long patienceNanos = PATIENCE_NANOS;
    private long relaxedNanos;
    /** Whether the last step was one down. */
    private boolean relaxed;
    /** The work of a flush grows with its interval to the power of this. */
    private double growth;
    /** Before the last step: the factor, and what a flush took. */
    private int formerFactor = 1;

    private long formerNanos;

    Stretch(int flushMillis, long nowNanos) {
        this.flushNanos = TimeUnit.MILLISECONDS.toNanos(flushMillis);
        this.flushedNanos = nowNanos;
        this.windowNanos = nowNanos;
        this.calmNanos = nowNanos;
        this.relaxedNanos = nowNanos - RELAPSE_NANOS;
    }

    /** 1 to {@link #MAX}. */
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
        workedNanos += nanos;
        flushes++;
        return overrun;
    }

    /** To be called a few times a second; returns whether the factor has changed. */
    boolean check(long nowNanos) {
        long elapsed = nowNanos - windowNanos;
        if (elapsed < Math.max(WINDOW_NANOS, WINDOW_FLUSHES * factor * flushNanos)) {
            return false;
        }
        int before = factor;
        long flushNanosEach = flushes == 0 ? 0 : workedNanos / flushes;
        learn(flushNanosEach);
        calmFactor = Math.max(calmFactor, calmFactor(elapsed));
        if (calmFactor >= factor) {
            calm(nowNanos);
        }
        flushedNanos = flushes == 0 ? flushedNanos : nowNanos;
        if (nowNanos - flushedNanos >= PATIENCE_NANOS) {
            factor = 1;
            calm(nowNanos);
        } else if (PERCENT * busyNanos >= OVERLOADED_PERCENT * elapsed) {
            tighten(ceil(PERCENT * flushNanosEach, FITTING_PERCENT * flushNanos), nowNanos);
        } else if (nowNanos - calmNanos >= patienceNanos) {
            relax(nowNanos);
        }
        windowNanos = nowNanos;
        busyNanos = 0;
        workedNanos = 0;
        flushes = 0;
        if (factor != before) {
            formerFactor = before;
            formerNanos = flushNanosEach;
        }
        return factor != before;
    }

    /** In the first window after a step. */
    private void learn(long flushNanosEach) {
        if (formerNanos > 0 && flushNanosEach > 0) {
            double power = Math.log((double) flushNanosEach / formerNanos) / Math.log((double) factor / formerFactor);
            growth = Math.min(MAX_GROWTH, Math.max(0, power));
        }
        formerNanos = 0;
    }

    /** The least factor at which the work of this window would take {@link #CALM_PERCENT} of the time at most. */
    private int calmFactor(long elapsedNanos) {
        double overCalm = (double) PERCENT * busyNanos / CALM_PERCENT / elapsedNanos;
        return (int) Math.ceil(factor * Math.pow(overCalm, 1 / (1 - growth)) - ROUNDING);
    }

    private static int ceil(long part, long unit) {
        return (int) Math.min(Integer.MAX_VALUE, (part + unit - 1) / unit);
    }

    private void calm(long sinceNanos) {
        calmNanos = sinceNanos;
        calmFactor = 1;
    }

    /** @param needed for such flushes to take {@link #FITTING_PERCENT} of the time, were each one due */
    private void tighten(int needed, long nowNanos) {
        if (nowNanos - relaxedNanos >= RELAPSE_NANOS) {
            patienceNanos = PATIENCE_NANOS;
        } else if (relaxed) {
            patienceNanos = Math.min(2 * patienceNanos, MAX_PATIENCE_NANOS);
        }
        relaxed = false;
        factor = Math.min(Math.min(Math.max(needed, factor + 1), 2 * factor), MAX);
        calm(nowNanos);
    }

    private void relax(long nowNanos) {
        factor = Math.max(calmFactor, (factor + 1) / 2);
        relaxedNanos = nowNanos;
        relaxed = true;
        calm(nowNanos);
    }
}
