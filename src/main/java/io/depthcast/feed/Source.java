package io.depthcast.feed;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Where market events come from. Everything is called on the feed loop. */
public interface Source {
    /** As told in metrics and errors; unique within a gateway. */
    String name();

    /** So long without a word, and the instruments of this source are stale. One that is quiet by nature says heartbeat. */
    default int silenceMillis() {
        return FeedBus.STALE_MILLIS;
    }

    /**
     * Tells what became due since the last call. Never blocks: a source with threads of its own hands over what these
     * collected in a queue with bounds.
     *
     * @param nowMicros wall time, microseconds since 1970
     * @param nowNanos {@link System#nanoTime()}
     */
    void poll(Door door, long nowMicros, long nowNanos);

    /** Opens sockets, files, threads. Completes, on whatever thread, when {@link #poll} may be called. */
    default Future<Void> start(Vertx vertx) {
        return Future.succeededFuture();
    }

    /** Closes what {@link #start} opened. */
    default Future<Void> stop() {
        return Future.succeededFuture();
    }
}
