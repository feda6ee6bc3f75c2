package io.depthcast.admission;

import io.depthcast.limit.TokenBucket;
import java.util.concurrent.TimeUnit;

/**
 * How fast a node takes newcomers in, wherever they come from. When a zone is lost its clients are all there within a
 * second, and a handshake takes a hundred times the work of a message; whoever is here must not wait for them. Those
 * turned away are each promised a second of their own, as many in one as the node takes, so that they come back as evenly
 * as they are taken in. One thread; time is monotonic.
 */
final class CrowdBudget {
    /** Whoever waits longer finds another gateway first. */
    private static final int LONGEST_SECONDS = 30;
    /** A crowd of so many seconds' handshakes passes at once. */
    private static final int BURST_SECONDS = 2;

    private final TokenBucket free;
    /** When the last of those turned away has been promised to pass. */
    private long promisedNanos;

    CrowdBudget(int perSecond, long nowNanos) {
        this.free = new TokenBucket(perSecond, (long) BURST_SECONDS * perSecond, nowNanos);
        this.promisedNanos = nowNanos;
    }

    void setRate(int perSecond, long nowNanos) {
        free.setRate(perSecond, (long) BURST_SECONDS * perSecond, nowNanos);
    }

    boolean tryPass(long nowNanos) {
        return free.tryTake(1, nowNanos);
    }

    /** Promises one who was turned away the next place; returns in how many seconds that is, 1 to 30. */
    int promiseSeconds(long nowNanos) {
        long latest = nowNanos + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        long next = Math.max(0, promisedNanos - nowNanos) + nowNanos + TimeUnit.SECONDS.toNanos(1) / free.perSecond();
        promisedNanos = latest - next < 0 ? latest : next;
        return (int) ((promisedNanos - nowNanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
    }
}
