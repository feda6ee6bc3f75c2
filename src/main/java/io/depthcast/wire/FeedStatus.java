package io.depthcast.wire;

/** What a heartbeat says of the feed; the ordinal is the SBE value. */
public enum FeedStatus {
    /** Events arrive. */
    LIVE,
    /** No sign of the feed for longer than its deadline, or a gap not yet repaired. */
    STALE,
    /** The feed says that trading is halted. */
    HALTED
}
