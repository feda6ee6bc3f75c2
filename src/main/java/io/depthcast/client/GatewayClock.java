package io.depthcast.client;

import java.util.concurrent.TimeUnit;

/**
 * What a client knows of its gateway's clock without having its own set by the same source: the gateway's time in a pong lies
 * between its ping and its arrival, so the middle of the two is off by no more than half of the round trip. The fastest of
 * the last round trips says it best (Cristian 1989; NTP filters the same way). One thread.
 */
final class GatewayClock {
    /** Round trips: clocks drift apart, so that an old one is worth less however fast it was. */
    private static final int KEPT = 8;

    private final long[] roundTripNanos = new long[KEPT];
    /** Gateway's microseconds less our monotonic ones. */
    private final long[] offsetMicros = new long[KEPT];

    private int count;

    /** @param gatewayMicros time of the pong */
    void roundTrip(long sentNanos, long receivedNanos, long gatewayMicros) {
        int slot = count++ % KEPT;
        roundTripNanos[slot] = receivedNanos - sentNanos;
        long middleNanos = sentNanos + (receivedNanos - sentNanos) / 2;
        offsetMicros[slot] = gatewayMicros - TimeUnit.NANOSECONDS.toMicros(middleNanos);
    }

    boolean isKnown() {
        return count > 0;
    }

    /** The gateway's time at a moment of ours, microseconds since 1970; only if it is known. */
    long microsAt(long nanos) {
        int best = 0;
        for (int slot = 1; slot < Math.min(count, KEPT); slot++) {
            if (roundTripNanos[slot] < roundTripNanos[best]) {
                best = slot;
            }
        }
        return TimeUnit.NANOSECONDS.toMicros(nanos) + offsetMicros[best];
    }

    /** Another gateway has another clock. */
    void forget() {
        count = 0;
    }
}
