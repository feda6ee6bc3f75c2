package io.depthcast.fanout;

/**
 * How often and on how many loops books are encoded.
 *
 * @param flushMillis time between two flushes, 1 to {@link #MAX_FLUSH_MILLIS}
 * @param shards loops that share the instruments, 1 to {@link #MAX_SHARDS}
 * @param history whether clients that take the same messages share a history
 */
public record FanoutSettings(int flushMillis, int shards, boolean history) {
    /** Milliseconds: 50 flushes a second are more than an eye follows, and one socket write serves each. */
    public static final int DEFAULT_FLUSH_MILLIS = 20;
    /** Milliseconds: beyond a second a live book is no longer live. */
    public static final int MAX_FLUSH_MILLIS = 1_000;
    /** Loops: one applies millions of events a second, far above the default feed. */
    public static final int DEFAULT_SHARDS = 1;
    /** Loops: more than the cores of a common server. */
    public static final int MAX_SHARDS = 64;
    /** It takes compressors and time of the gateway loops, so whoever runs the gateway asks for it. */
    public static final boolean DEFAULT_HISTORY = false;

    public FanoutSettings {
        if (flushMillis < 1 || flushMillis > MAX_FLUSH_MILLIS) {
            throw new IllegalArgumentException(
                    "flushMillis: expected 1 to " + MAX_FLUSH_MILLIS + ", got " + flushMillis);
        }
        if (shards < 1 || shards > MAX_SHARDS) {
            throw new IllegalArgumentException("shards: expected 1 to " + MAX_SHARDS + ", got " + shards);
        }
    }
}
