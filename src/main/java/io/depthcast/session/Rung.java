package io.depthcast.session;

/** How a client fares on the slow-consumer ladder. */
public enum Rung {
    /** It gets every update. */
    LIVE,
    /** It gets merged updates, one message at a time. */
    CONFLATING,
    /** As before, and it is closed unless it takes what was sent. */
    SLOW
}
