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
    private static final long NONE = -1;
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
    private long lastTick = Long.MIN_VALUE;
    private long timer = NONE;
    /** For which the timer is. */
    private long timerTick;

    private boolean repairing;

    ShardLoop(Vertx vertx, FanoutSettings settings, int index, Clock clock, Meters meters, WorkMeter work) {
        this.vertx = vertx;
        this.flushes = Flushes.every(settings.flushMillis());
        this.clock = clock;
        this.meters = meters;
        this.shardMeters = meters.shard(index);
        this.index = index;
        this.encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, new EncodingCounter(meters));
        int patience = (int) (TimeUnit.MILLISECONDS.toNanos(FeedBus.STALE_MILLIS) / flushes.tickNanos());
        this.shard = new Shard(index, settings.shards(), encoder, patience, this::failed);
        this.load = new LoopLoad("shard-" + index, flushes, work, meters, meters::flushed);
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
        schedule();
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

    /** Begins to flush. */
    void start() {
        lastTick = flushes.at(System.nanoTime());
        schedule();
    }

    /** Has the timer go off at the next tick at which something may be due. */
    private void schedule() {
        if (lastTick == Long.MIN_VALUE) {
            return;
        }
        long tick = shard.nextTick(lastTick, flushes.ticks());
        if (timer != NONE && tick < timerTick) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
        if (timer == NONE) {
            timerTick = tick;
            timer = vertx.setTimer(flushes.millisTo(tick, System.nanoTime()), gone -> turn());
        }
    }

    private void turn() {
        timer = NONE;
        try {
            flush();
        } finally {
            schedule();
        }
    }

    private void flush() {
        long tick = flushes.at(System.nanoTime());
        if (tick == lastTick) {
            return;
        }
        // However late the timer is, a usual flush that has come meanwhile takes place.
        boolean usual = Flushes.next(lastTick, flushes.ticks()) <= tick;
        lastTick = tick;
        long begunNanos = load.begin();
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        for (Shard.Parcel parcel : shard.flush(tick, usual, nowMicros)) {
            send(parcel);
        }
        load.flushed(begunNanos);
        if (load.check()) {
            LOG.warn("this shard needs {} ms from one flush to the next", flushes.millis(load.ticks()));
            load.keepTo(load.ticks());
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
                        new ShardStatus(index, books.isWhole(), books.appliedNanos(), books.newest(), load.ticks()));
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
