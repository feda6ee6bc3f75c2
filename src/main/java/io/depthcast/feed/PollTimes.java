package io.depthcast.feed;

import java.util.concurrent.TimeUnit;

/**
 * When the sources are polled. Nobody sees an event before the flush after it, so one poll shortly before each flush makes
 * prices as young as polls all the time would, and a gateway with little to tell rests between. After a poll that brought
 * much the next one follows soon, so that the work of a busy market is spread and no queue fills up. Immutable.
 */
final class PollTimes {
    /** A flush waits for its timer as well, and the batch has to cross to another loop. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** No event waits longer for those who see it before a flush: other nodes, recordings. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long SOON_MILLIS = 2;
    private static final int MANY_EVENTS = 256;

    private final long periodNanos;

    /** @param flushMillis between two flushes of a shard, from 1; the period is that, or an equal part of it */
    PollTimes(int flushMillis) {
        long flushNanos = TimeUnit.MILLISECONDS.toNanos(flushMillis);
        this.periodNanos = flushNanos / ((flushNanos + LONGEST_NANOS - 1) / LONGEST_NANOS);
    }

    /**
     * Milliseconds until the next poll, at least 1.
     *
     * @param nowNanos monotonic time, by which flushes are numbered too
     * @param events that the poll which has just ended brought
     */
    long millisToNext(long nowNanos, int events) {
        long leftNanos = periodNanos - Math.floorMod(nowNanos + LEAD_NANOS, periodNanos);
        long calmMillis = (leftNanos + MILLI_NANOS - 1) / MILLI_NANOS;
        return events < MANY_EVENTS ? calmMillis : Math.min(SOON_MILLIS, calmMillis);
    }
}
