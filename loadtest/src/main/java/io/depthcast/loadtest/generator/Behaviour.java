package io.depthcast.loadtest.generator;

/** What a client does with its connection. */
enum Behaviour {
    /** Reads whatever comes. */
    STEADY,
    /** Reads a few bytes a second. */
    SLOW,
    /** At some moment reads no more and never says so, like a phone in a tunnel. */
    VANISHING,
    /** Ends its connection from time to time without good-bye and comes back with the versions it has. */
    RECONNECTING
}
