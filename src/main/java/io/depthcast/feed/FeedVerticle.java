package io.depthcast.feed;

import io.depthcast.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a feed on its own loop: polls it, publishes its batches, answers for its snapshot. */
public final class FeedVerticle extends VerticleBase {
    private static final int POLL_MILLIS = 2;
    private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(FeedBus.HEARTBEAT_MILLIS);

    private final MarketFeed feed;
    private final Clock clock;
    private final Meters meters;
    private long nextSequence;
    private long publishedNanos;

    public FeedVerticle(MarketFeed feed, Clock clock, Meters meters) {
        this.feed = feed;
        this.clock = clock;
        this.meters = meters;
        this.nextSequence = feed.snapshot().sequence() + 1;
    }

    @Override
    public Future<?> start() {
        meters.watchLoop(vertx, "feed");
        vertx.setPeriodic(POLL_MILLIS, timer -> poll(System.nanoTime()));
        return vertx.eventBus().consumer(FeedBus.SNAPSHOT, this::answer).completion();
    }

    private void answer(Message<String> request) {
        request.reply(feed.snapshot());
    }

    private void poll(long nowNanos) {
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        @Nullable EventBatch batch = feed.poll(nowMicros, nowNanos);
        if (batch != null) {
            meters.eventsIn(batch.count());
            publish(batch, nowNanos);
        } else if (nowNanos - publishedNanos > HEARTBEAT_NANOS) {
            publish(new EventBatch.Builder(feed.epoch(), nextSequence).build(nowNanos), nowNanos);
        }
    }

    private void publish(EventBatch batch, long nowNanos) {
        nextSequence = batch.lastSequence() + 1;
        publishedNanos = nowNanos;
        vertx.eventBus().publish(FeedBus.EVENTS, batch);
    }
}
