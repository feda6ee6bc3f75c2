package io.depthcast.session;

/**
 * How much one connection is sent, and what becomes of a client that cannot take it. All are at least 1; the upper bounds
 * are an operator's matter and stand with the keys.
 */
public record PaceSettings(
        int bytesPerSecond,
        int pendingBytes,
        int ackMillis,
        int slowSeconds,
        int slowCloseSeconds,
        int snapshotsPerSecond,
        int snapshotBurst,
        int lifetimeSeconds,
        int sendBufferBytes) {

    /** Bytes per second: every book of a large venue; more is a client that copies us. */
    public static final int BYTES_PER_SECOND = 4_194_304;
    /** Bytes: eight times what is ever sent to a client that is behind, so only a defect or an attack gets there. */
    public static final int PENDING_BYTES = 1_048_576;
    /** Milliseconds: a round trip to the other side of the world, and a client that was busy for a moment. */
    public static final int ACK_MILLIS = 500;
    /** Seconds: prices that old mislead. */
    public static final int SLOW_SECONDS = 5;
    /** Seconds: time for a program to notice and to ask for less. */
    public static final int SLOW_CLOSE_SECONDS = 5;
    /** Book snapshots per second: a person who leafs through instruments stays below. */
    public static final int SNAPSHOTS_PER_SECOND = 20;
    /** Book snapshots at once: what a large page opens with. */
    public static final int SNAPSHOT_BURST = 100;
    /** Seconds: a day, so that nodes can be replaced and a forgotten page goes some time. */
    public static final int LIFETIME_SECONDS = 86_400;
    /**
     * Bytes: Linux doubles it. Left to itself the kernel hides 3.7 MB, six to eight seconds of stale prices, in a slow
     * client's queue; so bounded it holds 51 to 70 KB.
     */
    public static final int SEND_BUFFER_BYTES = 32_768;

    public static final PaceSettings DEFAULT = new PaceSettings(
            BYTES_PER_SECOND,
            PENDING_BYTES,
            ACK_MILLIS,
            SLOW_SECONDS,
            SLOW_CLOSE_SECONDS,
            SNAPSHOTS_PER_SECOND,
            SNAPSHOT_BURST,
            LIFETIME_SECONDS,
            SEND_BUFFER_BYTES);

    public PaceSettings {
        atLeastOne("bytesPerSecond", bytesPerSecond);
        atLeastOne("pendingBytes", pendingBytes);
        atLeastOne("ackMillis", ackMillis);
        atLeastOne("slowSeconds", slowSeconds);
        atLeastOne("slowCloseSeconds", slowCloseSeconds);
        atLeastOne("snapshotsPerSecond", snapshotsPerSecond);
        atLeastOne("snapshotBurst", snapshotBurst);
        atLeastOne("lifetimeSeconds", lifetimeSeconds);
        atLeastOne("sendBufferBytes", sendBufferBytes);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": expected at least 1, got " + value);
        }
    }
}
