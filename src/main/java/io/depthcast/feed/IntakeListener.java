package io.depthcast.feed;

/** Hears what the intake counts. Called on the feed loop. */
public interface IntakeListener {
    /** Does nothing. */
    IntakeListener NONE = new IntakeListener() {};

    /** An event of a source was not taken. */
    default void refused(String source, Refusal.Code code) {}

    /** An event was before the newest of its instrument, and taken as that. */
    default void late(String source) {}

    /** A source fell silent or is gone. */
    default void stale(String source) {}
}
