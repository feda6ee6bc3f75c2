package io.depthcast.market;

/**
 * Which market is published and how fast.
 *
 * @param kind where events come from: {@value #SIMULATED}, or others with commas between
 * @param seed of the simulated market: the same seed gives the same events
 * @param eventsPerSecond level changes and trades of all instruments together, 1 to 1,000,000
 * @param instruments how many are traded, 1 to 1,000
 */
public record FeedSettings(String kind, long seed, int eventsPerSecond, int instruments) {
    public static final String SIMULATED = "simulated";
    public static final int MIN_EVENTS_PER_SECOND = 1;
    /** What one core can produce with room to spare for publishing it. */
    public static final int MAX_EVENTS_PER_SECOND = 1_000_000;

    /** What fits a heap of 512 MiB: an instrument with its orders and books takes about 230 KiB. */
    public static final int MAX_INSTRUMENTS = 1_000;

    /** Any number would do; a fixed one lets two people speak of the same market. */
    public static final long DEFAULT_SEED = 1;
    /** Busy enough that every book visibly moves, slow enough for a laptop and for a reader of the tape. */
    public static final int DEFAULT_EVENTS_PER_SECOND = 2_000;

    /** A watchlist that fills a screen; more of the same kind follow, for whoever tests with a large venue. */
    public static final int DEFAULT_INSTRUMENTS = 24;

    public static final FeedSettings DEFAULTS = new FeedSettings(SIMULATED, DEFAULT_SEED, DEFAULT_EVENTS_PER_SECOND);

    /** The default instruments. */
    public FeedSettings(String kind, long seed, int eventsPerSecond) {
        this(kind, seed, eventsPerSecond, DEFAULT_INSTRUMENTS);
    }

    /** @throws IllegalArgumentException outside the ranges above */
    public FeedSettings {
        if (eventsPerSecond < MIN_EVENTS_PER_SECOND || eventsPerSecond > MAX_EVENTS_PER_SECOND) {
            throw new IllegalArgumentException("eventsPerSecond: expected " + MIN_EVENTS_PER_SECOND + " to "
                    + MAX_EVENTS_PER_SECOND + ", got " + eventsPerSecond);
        }
        if (instruments < 1 || instruments > MAX_INSTRUMENTS) {
            throw new IllegalArgumentException(
                    "instruments: expected 1 to " + MAX_INSTRUMENTS + ", got " + instruments);
        }
    }
}
