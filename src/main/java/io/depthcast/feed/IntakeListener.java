package io.depthcast.feed;

/** Hears what the intake notices of sources; what it refuses it answers. Called on the feed loop. */
public interface IntakeListener {
    /** Does nothing. */
    IntakeListener NONE = new IntakeListener() {};

    /** An event was before the newest of its instrument, and taken as that. */
    default void late(String source) {}

    /** A source fell silent or is gone. */
    default void stale(String source) {}

    /** An event left a book crossed, which it was not before. */
    default void crossed(String source) {}

    /** How many sources that define instruments are silent or gone now. */
    default void silent(int sources) {}
}
