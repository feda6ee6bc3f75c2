package io.depthcast.wire;

/** What a client is told unasked: what is about to happen to it. Times to come are in milliseconds. */
public sealed interface Notice {
    /** It gets merged updates from now on. */
    record Conflating(long pendingBytes, long behindMillis) implements Notice {}

    /** It will be cut unless it catches up. */
    record Slow(long behindMillis, long closeInMillis) implements Notice {}

    /** It has caught up. */
    enum Live implements Notice {
        LIVE
    }

    /** This node is going away. */
    record Draining(long reconnectAfterMillis) implements Notice {}

    /** @param expiresMicros when the client's token ends, microseconds since 1970 */
    record TokenExpiring(long expiresMicros) implements Notice {}
}
