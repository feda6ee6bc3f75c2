package io.depthcast.feed;

/**
 * What a source's events say of the time, but never ahead of ours: so one instrument whose clock is wrong closes no candle
 * of another too early. Feed loop.
 */
final class SourceClock {
    static final long MAX_AHEAD_MICROS = 60_000_000;
    private static final long SECOND_MICROS = 1_000_000;

    private long toldSecondMicros = Long.MIN_VALUE;
    private long nextSecondMicros = Long.MIN_VALUE;

    /** Start of the second that was told last; what is before has closed its candle. */
    long toldSecondMicros() {
        return toldSecondMicros;
    }

    /** Whether a new second of this source begins with an event of that time. */
    boolean crosses(long timeMicros, long nowMicros) {
        if (timeMicros < nextSecondMicros) {
            return false;
        }
        return Math.min(timeMicros, nowMicros) >= nextSecondMicros;
    }

    /** That second has been told. */
    void told(long clockMicros) {
        toldSecondMicros = clockMicros - Math.floorMod(clockMicros, SECOND_MICROS);
        nextSecondMicros = toldSecondMicros + SECOND_MICROS;
    }
}
