package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.feed.Source;
import io.depthcast.metrics.SourceMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** A source of somebody else's, of which is counted what it tells. Feed loop. */
public final class CountedSource implements Source {
    private final Source source;
    private final SourceMeters meters;
    private @Nullable Door counted;

    public CountedSource(Source source, SourceMeters meters) {
        this.source = source;
        this.meters = meters;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public int silenceMillis() {
        return source.silenceMillis();
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        if (counted == null) {
            counted = new CountedDoor(door, meters);
        }
        try {
            source.poll(counted, nowMicros, nowNanos);
        } catch (LinkageError e) {
            // Made for another version of this interface: its own fault, and nobody else's.
            throw new IllegalStateException("the source does not fit this gateway", e);
        }
    }

    @Override
    public Future<Void> start(Vertx vertx) {
        try {
            return source.start(vertx);
        } catch (RuntimeException | LinkageError e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> stop() {
        return source.stop();
    }
}
