package io.depthcast.fanout;

import io.depthcast.bus.VertxInternals;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedBus;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.ShardMeters;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shard's side of the event bus: what arrives, the flush, and the repair of a gap. Shard loop. */
final class ShardLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLoop.class);
    private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(FeedBus.STALE_MILLIS);

    private final Vertx vertx;
    private final Flushes flushes;
    private final Clock clock;
    private final Meters meters;
    private final ShardMeters shardMeters;
    private final int index;
    private final FrameEncoder encoder;
    private final Shard shard;
    private final LoopLoad load;
    private long lastFlush = Long.MIN_VALUE;
    private boolean repairing;

    ShardLoop(Vertx vertx, FanoutSettings settings, int index, Clock clock, Meters meters, WorkMeter work) {
        this.vertx = vertx;
        this.flushes = new Flushes(settings.flushMillis());
        this.clock = clock;
        this.meters = meters;
        this.shardMeters = meters.shard(index);
        this.index = index;
        this.encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, new EncodingCounter(meters));
        int patience = FeedBus.STALE_MILLIS / settings.flushMillis();
        this.shard = new Shard(index, settings.shards(), encoder, patience, this::failed);
        this.load = new LoopLoad("shard-" + index, settings.flushMillis(), work, meters, meters::flushed);
    }

    void onEvents(Message<EventBatch> message) {
        EventBatch batch = message.body();
        if (shard.apply(batch) == Books.Applied.GAP && !repairing) {
            meters.gap();
            LOG.warn("events before {} are missing; asking the feed for a snapshot", batch.firstSequence());
            repair().onComplete(whole -> tellStatus());
        }
        shardMeters.heard(shard.books().appliedNanos());
    }

    void onRenew(Message<String> message) {
        if (!repairing) {
            repair().onComplete(whole -> tellStatus());
        }
    }

    void onAsks(Message<Asks> message) {
        if (shard.ask(message.body())) {
            // Before the directory that the loop waits for, so that none tells a client of a feed it has not heard of.
            tellStatus();
        }
    }

    void onLeave(Message<String> message) {
        shard.forget(message.body());
        message.reply("");
    }

    Buffer history(HistoryRequest request) {
        ByteBuf out = Unpooled.buffer();
        shard.writeHistory(request, out);
        return VertxInternals.buffer(out);
    }

    /** Gets the feed's state; completes when the books are whole. */
    Future<Void> repair() {
        repairing = true;
        return FeedBus.snapshot(vertx)
                .map(snapshot -> {
                    shard.replace(snapshot);
                    return (Void) null;
                })
                .onComplete(done -> repairing = false);
    }

    /** Milliseconds until a flush that starts with those of the other shards. */
    long millisToFlush() {
        return flushes.millisToNext(System.nanoTime());
    }

    /** Once a period: after a time in which the loop stood still its timer makes up for every turn that was missed. */
    void flush() {
        long flush = flushes.at(System.nanoTime());
        if (flush == lastFlush) {
            return;
        }
        lastFlush = flush;
        long begunNanos = load.begin();
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        for (Shard.Parcel parcel : shard.flush(flush, nowMicros)) {
            send(parcel);
        }
        load.flushed(begunNanos);
        if (load.check()) {
            LOG.warn("this shard needs the flush interval times {}", load.factor());
            load.keepTo(load.factor());
            tellStatus();
        }
    }

    void tellStatus() {
        Books books = shard.books();
        boolean isYoung = System.nanoTime() - books.appliedNanos() < STALE_NANOS;
        shardMeters.books(books.count(), books.isWhole() && isYoung ? books.staleCount() : books.count());
        vertx.eventBus()
                .publish(
                        FanoutBus.STATUS,
                        new ShardStatus(index, books.isWhole(), books.appliedNanos(), books.newest(), load.factor()));
    }

    private void failed(StreamKey key, RuntimeException cause) {
        meters.answerFailed();
        LOG.atError().addKeyValue("stream", key).setCause(cause).log("what changed in a stream could not be told");
    }

    private void send(Shard.Parcel parcel) {
        vertx.eventBus().<FrameBatch>sender(parcel.loop()).write(parcel.batch()).onFailure(gone -> {
            parcel.batch().release();
            shard.forget(parcel.loop());
        });
    }
}
