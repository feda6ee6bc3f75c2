package io.depthcast.http;

import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Source;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A source that tells what a test says. */
final class HandSource implements Source {
    private final Queue<Consumer<Door>> told = new ConcurrentLinkedQueue<>();

    /** Has something told at the next poll. Any thread. */
    void tell(Consumer<Door> event) {
        told.add(event);
    }

    static LevelChanges level(long priceTicks, long sizeLots) {
        LevelChanges levels = new LevelChanges();
        levels.add(priceTicks, sizeLots);
        return levels;
    }

    @Override
    public String name() {
        return "hand";
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        door.heartbeat();
        for (Consumer<Door> event = told.poll(); event != null; event = told.poll()) {
            event.accept(door);
        }
    }
}
