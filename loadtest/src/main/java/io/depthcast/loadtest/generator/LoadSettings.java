package io.depthcast.loadtest.generator;

/**
 * A load.
 *
 * @param encoding last part of the subprotocol: json, sbe
 * @param deflate whether permessage-deflate is offered
 * @param depth of the books
 * @param intervalMillis pace asked for; 0 is every flush
 * @param expectedIntervalMillis the interval between two messages of one client for the correction of coordinated omission
 * @param connectsPerSecond 0 is as fast as they are answered
 * @param sources number of addresses 127.0.0.x the connections come from
 * @param proved how many clients decode and prove what they get; the others count frames and bytes
 * @param slowPercent share of slow clients, and so on
 * @param lifetimeSeconds mean time until a client vanishes or reconnects
 */
public record LoadSettings(
        Dialect dialect,
        int port,
        int connections,
        Profile profile,
        String encoding,
        boolean deflate,
        int depth,
        int intervalMillis,
        int expectedIntervalMillis,
        int connectsPerSecond,
        int sources,
        int proved,
        int slowPercent,
        int slowBytesPerSecond,
        int vanishingPercent,
        int reconnectingPercent,
        int lifetimeSeconds,
        long seed) {

    /** Steady clients of one book, as the comparisons use them. */
    public static LoadSettings steady(Dialect dialect, int port, int connections, boolean deflate, int intervalMillis) {
        return new LoadSettings(
                dialect,
                port,
                connections,
                Profile.ONE,
                "sbe",
                deflate,
                25,
                0,
                intervalMillis,
                0,
                16,
                20,
                0,
                2_000,
                0,
                0,
                10,
                1);
    }

    /** The same load with another profile. */
    public LoadSettings with(Profile other) {
        return new LoadSettings(
                dialect,
                port,
                connections,
                other,
                encoding,
                deflate,
                depth,
                intervalMillis,
                expectedIntervalMillis,
                connectsPerSecond,
                sources,
                proved,
                slowPercent,
                slowBytesPerSecond,
                vanishingPercent,
                reconnectingPercent,
                lifetimeSeconds,
                seed);
    }

    /** The behaviour of the client of this number: the shares spread evenly over the numbers. */
    Behaviour behaviour(int number) {
        int place = (int) (number * 37L % 100);
        if (place < slowPercent) {
            return Behaviour.SLOW;
        } else if (place < slowPercent + vanishingPercent) {
            return Behaviour.VANISHING;
        } else if (place < slowPercent + vanishingPercent + reconnectingPercent) {
            return Behaviour.RECONNECTING;
        }
        return Behaviour.STEADY;
    }
}
