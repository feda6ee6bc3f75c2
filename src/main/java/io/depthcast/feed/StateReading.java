package io.depthcast.feed;

/** What came of reading the byte form of a state. */
public sealed interface StateReading {
    record Read(LogState state) implements StateReading {}

    /** The bytes are no state, or not the whole of one. */
    record Refused(String reason) implements StateReading {}
}
