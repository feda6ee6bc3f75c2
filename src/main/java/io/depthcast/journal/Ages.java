package io.depthcast.journal;

import java.util.concurrent.TimeUnit;

/**
 * How old a record is, by the clock of whoever keeps the log, of which nothing is known but that it goes on: a record that
 * is read at the end of the log is as young as any was lately, and any other is so much older as took longer from being
 * appended to being read. If that clock is set back, all is taken for old until the old measure is forgotten. One thread.
 */
final class Ages {
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);
    private static final long UNKNOWN = Long.MAX_VALUE;
    /** Of what is read before any record was young. */
    private static final long OLD_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** The shortest time from being appended to being read, off by the difference of the clocks; in this window. */
    private long shortestNanos = UNKNOWN;

    private long formerShortestNanos = UNKNOWN;
    private long windowEndNanos;

    /**
     * When a record that is read now was made, as far as can be told, on the clock of {@code nowNanos}; never later.
     *
     * @param atEnd whether it was the last in the log
     */
    long createdNanos(long appendMillis, long nowNanos, boolean atEnd) {
        long tookNanos = nowNanos - TimeUnit.MILLISECONDS.toNanos(appendMillis);
        if (atEnd) {
            note(tookNanos, nowNanos);
        }
        long shortest = Math.min(shortestNanos, formerShortestNanos);
        long ageNanos = shortest == UNKNOWN ? OLD_NANOS : Math.max(0, tookNanos - shortest);
        return nowNanos - ageNanos;
    }

    private void note(long tookNanos, long nowNanos) {
        if (shortestNanos == UNKNOWN || nowNanos - windowEndNanos >= 0) {
            formerShortestNanos = shortestNanos;
            shortestNanos = tookNanos;
            windowEndNanos = nowNanos + WINDOW_NANOS;
        } else {
            shortestNanos = Math.min(shortestNanos, tookNanos);
        }
    }
}
