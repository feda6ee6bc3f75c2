package io.depthcast.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that somebody sets. Any thread. */
final class SteppingClock implements InstantSource {
    private volatile Duration offset = Duration.ZERO;

    void step(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(offset);
    }
}
