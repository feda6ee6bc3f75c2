package io.depthcast.fanout;

/** The streams of a gateway loop as a subscriber sees them. Same loop. */
public interface Streams {
    /** Every how many flushes an interval is due: rounded up to a multiple of the flush, at least one. */
    int cadence(int intervalMillis);

    int flushMillis();

    /** Adds a subscription and asks what changed since its version. */
    void join(Subscription subscription);

    /** Removes a subscription; it gets nothing more. */
    void leave(Subscription subscription);

    /** Asks what changed since the subscription's version, unless that has been asked and not answered yet. */
    void ask(Subscription subscription, long nowNanos);
}
