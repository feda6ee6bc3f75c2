package io.depthcast.feed;

/**
 * Which feed, and how much of it.
 *
 * @param kind {@link #SIMULATED}
 * @param seed of the simulated market; the same seed gives the same events
 * @param eventsPerSecond of all instruments together, 1 to {@link #MAX_EVENTS_PER_SECOND}
 */
public record FeedSettings(String kind, long seed, int eventsPerSecond) {
    /** The market that needs no exchange. */
    public static final String SIMULATED = "simulated";
    /** Any number serves; a fixed one makes two runs comparable. */
    public static final long DEFAULT_SEED = 1;
    /** Events per second: what a page of twenty lively instruments shows and a laptop does not notice. */
    public static final int DEFAULT_EVENTS_PER_SECOND = 2_000;
    /** Events per second: the busiest consolidated feeds stay below it. */
    public static final int MAX_EVENTS_PER_SECOND = 1_000_000;

    public FeedSettings {
        if (!kind.equals(SIMULATED)) {
            throw new IllegalArgumentException("kind: expected " + SIMULATED + ", got " + kind);
        }
        if (eventsPerSecond < 1 || eventsPerSecond > MAX_EVENTS_PER_SECOND) {
            throw new IllegalArgumentException(
                    "eventsPerSecond: expected 1 to " + MAX_EVENTS_PER_SECOND + ", got " + eventsPerSecond);
        }
    }
}
