package io.depthcast.loadtest.generator;

/**
 * A load.
 *
 * @param subscription what every client asks for
 * @param connections how many clients
 * @param expectedIntervalMillis the interval between two messages of one client for the correction of coordinated omission
 * @param connectsPerSecond 0 is as fast as they are answered
 * @param sources number of addresses 127.0.0.x the connections come from
 * @param proved how many clients decode and prove what they get; the others count frames and bytes
 * @param shares of clients that do not just read
 */
public record LoadSettings(
        Dialect dialect,
        Target target,
        Subscription subscription,
        int connections,
        int expectedIntervalMillis,
        int connectsPerSecond,
        int sources,
        int proved,
        Shares shares,
        long seed) {
    private static final int USUAL_SOURCES = 16;
    private static final int USUALLY_PROVED = 20;
    private static final int USUAL_LIFETIME_SECONDS = 10;

    /**
     * What a client asks for.
     *
     * @param encoding last part of the subprotocol: json, sbe
     * @param deflate whether permessage-deflate is offered
     * @param depth of the books
     * @param intervalMillis pace; 0 is every flush
     */
    public record Subscription(Profile profile, String encoding, boolean deflate, int depth, int intervalMillis) {}

    /**
     * Who does something else than read, in percent of the clients.
     *
     * @param lifetimeSeconds mean time until a client vanishes or reconnects
     */
    public record Shares(
            int slowPercent,
            int slowBytesPerSecond,
            int vanishingPercent,
            int reconnectingPercent,
            int lifetimeSeconds) {
        static final Shares ALL_STEADY = new Shares(0, 0, 0, 0, USUAL_LIFETIME_SECONDS);
    }

    /** Steady clients, as the comparisons use them; some prove what they get. */
    public static LoadSettings steady(
            Dialect dialect,
            int port,
            Trust trust,
            int connections,
            Profile profile,
            boolean deflate,
            int intervalMillis) {
        return new LoadSettings(
                dialect,
                Target.local(port, trust),
                new Subscription(profile, "sbe", deflate, 25, 0),
                connections,
                intervalMillis,
                0,
                USUAL_SOURCES,
                Math.min(USUALLY_PROVED, connections),
                Shares.ALL_STEADY,
                1);
    }

    /** Clients of the gateway that read so few bytes a second each; all prove what they get. */
    public static LoadSettings slow(Target target, int connections, Subscription subscription, int bytesPerSecond) {
        return new LoadSettings(
                Dialect.DEPTHCAST,
                target,
                subscription,
                connections,
                Math.max(1, subscription.intervalMillis()),
                0,
                USUAL_SOURCES,
                connections,
                new Shares(100, bytesPerSecond, 0, 0, USUAL_LIFETIME_SECONDS),
                1);
    }

    /**
     * Whether the client of this number proves what it gets. They are spread evenly, because who connected first is served
     * first by a server that always goes through its clients in the same order.
     */
    boolean proves(int number) {
        return (number + 1L) * proved / connections > (long) number * proved / connections;
    }

    /** The behaviour of the client of this number: the shares spread evenly over the numbers. */
    Behaviour behaviour(int number) {
        int place = (int) (number * 37L % 100);
        if (place < shares.slowPercent) {
            return Behaviour.SLOW;
        } else if (place < shares.slowPercent + shares.vanishingPercent) {
            return Behaviour.VANISHING;
        } else if (place < shares.slowPercent + shares.vanishingPercent + shares.reconnectingPercent) {
            return Behaviour.RECONNECTING;
        }
        return Behaviour.STEADY;
    }
}
