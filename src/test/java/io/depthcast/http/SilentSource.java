package io.depthcast.http;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Source;

/** A source that tells one book whole over and over, or says nothing at all. */
final class SilentSource implements Source {
    private static final StepSize CENT = StepSize.parse("0.01");

    private final LevelChanges bids = new LevelChanges();
    private final LevelChanges asks = new LevelChanges();
    private volatile boolean speaks = true;

    SilentSource() {
        bids.add(1_000, 5);
        asks.add(1_002, 7);
    }

    /** From the next poll on. Any thread. */
    void speak(boolean whether) {
        speaks = whether;
    }

    @Override
    public String name() {
        return "silent";
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        if (speaks) {
            var unusedDefinition = door.define("ACME", CENT, CENT, InstrumentStatus.OPEN);
            var unusedBook = door.snapshot("ACME", bids, asks, 0);
        }
    }
}
