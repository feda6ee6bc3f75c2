package io.depthcast.client;

import io.depthcast.limit.TokenBucket;
import io.depthcast.wire.Command;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Commands on their way to the gateway, no faster than it takes them. */
final class Outbox {
    private static final int DEFAULT_PER_SECOND = 10;

    private final Queue<Command> waiting = new ArrayDeque<>();
    private @Nullable TokenBucket bucket;

    /** A connection is there; what waits from before is void. */
    void open(ControlMessage.Welcome welcome, long nowNanos) {
        waiting.clear();
        long perSecond = welcome.limits().getOrDefault("commandsPerSecond", (long) DEFAULT_PER_SECOND);
        bucket = new TokenBucket(perSecond, perSecond, nowNanos);
    }

    void close() {
        waiting.clear();
        bucket = null;
    }

    boolean isOpen() {
        return bucket != null;
    }

    void add(List<Command> commands) {
        if (bucket != null) {
            waiting.addAll(commands);
        }
    }

    /** Sends what may be sent now; returns whether some has to wait. */
    boolean send(Consumer<Command> sender, long nowNanos) {
        while (!waiting.isEmpty() && bucket != null && bucket.tryTake(1, nowNanos)) {
            sender.accept(waiting.remove());
        }
        return !waiting.isEmpty();
    }
}
