package io.depthcast.market;

/**
 * Turns the market's own time into microseconds such that the events come out at the rate that was set. The market is
 * the same at every rate, only faster or slower; what its bursts put the count ahead or behind by is worked off at once
 * by a slightly slower or faster clock.
 */
final class PacedClock {
    /** Events per second of market time, about. */
    static final double NOMINAL_RATE = 2_000;

    private static final double MICROS = 1e6;
    /** The count is let stray by a quarter of a second's events, within these bounds. */
    private static final double STRAY_SECONDS = 0.25;

    private static final double MIN_STRAY_EVENTS = 4;
    private static final double MAX_STRAY_EVENTS = 1000;
    private static final double SLOWEST = 8;
    private static final double FASTEST = 0.1;

    private final double eventsPerMicro;
    private final double microsPerSecond;
    private final double strayEvents;
    private double micros;

    PacedClock(int eventsPerSecond) {
        this.eventsPerMicro = eventsPerSecond / MICROS;
        this.microsPerSecond = MICROS * NOMINAL_RATE / eventsPerSecond;
        this.strayEvents = Math.min(MAX_STRAY_EVENTS, Math.max(MIN_STRAY_EVENTS, STRAY_SECONDS * eventsPerSecond));
    }

    /** Microseconds since the start. */
    long micros() {
        return (long) micros;
    }

    /**
     * Goes on.
     *
     * @param marketSeconds by how much of the market's time
     * @param events counted up to now
     */
    void advance(double marketSeconds, long events) {
        double ahead = (events - micros * eventsPerMicro) / strayEvents;
        micros += marketSeconds * microsPerSecond * Math.min(SLOWEST, Math.max(FASTEST, 1 + ahead));
    }
}
