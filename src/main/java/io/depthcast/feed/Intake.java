package io.depthcast.feed;

/** Where all sources meet. */
public final class Intake {
    private Intake() {}
}
