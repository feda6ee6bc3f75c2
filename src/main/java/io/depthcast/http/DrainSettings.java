package io.depthcast.http;

/**
 * How a node that goes away parts from its clients.
 *
 * @param seconds over which the closes are spread; 0 closes all at once
 * @param reconnectMillis the longest delay that a client is asked to wait before it comes back; each gets its own
 */
public record DrainSettings(int seconds, int reconnectMillis) {
    /** Seconds: with 3 for the last answers this is within the 30 that Kubernetes waits. */
    public static final int SECONDS = 20;
    /** Milliseconds: ten thousand clients come back at 2,000 a second where all are closed at once. */
    public static final int RECONNECT_MILLIS = 5_000;

    public static final DrainSettings DEFAULT = new DrainSettings(SECONDS, RECONNECT_MILLIS);

    public DrainSettings {
        if (seconds < 0 || reconnectMillis < 0) {
            throw new IllegalArgumentException("expected no negative time, got " + seconds + " s, " + reconnectMillis);
        }
    }
}
