package io.depthcast.fanout;

import io.depthcast.feed.FeedBus;
import io.depthcast.metrics.Meters;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway loop's side of the event bus: asks out, batches of frames in, the status of the feed. Gateway loop. */
public final class AudienceLoop implements Shards {
    private static final Logger LOG = LoggerFactory.getLogger(AudienceLoop.class);
    private static final int LOAD_CHECK_MILLIS = 250;
    /** Twice the interval is hardly seen; four times is, and the next step would be felt by everybody. */
    private static final int REFUSING_STRETCH = 4;

    /** Whoever tells clients of the feed looks at it so often at least. */
    public static final int LOOK_MILLIS = 100;
    /** What is stale before the next look is called that already, so that nobody hears it too late. */
    private static final long OLD_NANOS = TimeUnit.MILLISECONDS.toNanos(FeedBus.STALE_MILLIS - LOOK_MILLIS);

    private final Vertx vertx;
    private final Context context;
    private final String address;
    private final Meters meters;
    private final InstrumentDirectory directory = new InstrumentDirectory();
    /** Of each shard, null until it has said anything. */
    private final @Nullable ShardStatus[] shardStatus;
    /** Of each shard the newest version that it told of. */
    private final Version[] newest;

    private final Flushes flushes;
    private final LoopLoad load;
    private final Audience audience;
    /** Batches that the end of this turn delivers. */
    private final List<FrameBatch> arrived = new ArrayList<>();

    private IntConsumer onStretch = millis -> {};
    private Consumer<DirectoryChange> onDirectory = change -> {};
    /** Shards that have told what they have. */
    private final Set<Integer> heardFrom = new HashSet<>();

    private final Promise<InstrumentDirectory> listed = Promise.promise();
    private boolean closing;

    /**
     * To be called on the gateway loop.
     *
     * @param loop number of this loop, unique in the process
     */
    public AudienceLoop(Vertx vertx, int loop, FanoutSettings settings, Meters meters, WorkMeter work) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.address = FanoutBus.frames(loop);
        this.meters = meters;
        this.shardStatus = new ShardStatus[settings.shards()];
        this.newest = new Version[settings.shards()];
        Arrays.fill(newest, new Version(0, 0));
        this.flushes = Flushes.every(settings.flushMillis());
        this.load = new LoopLoad("gateway-" + loop, flushes, work, meters, meters::delivered);
        this.audience = new Audience(flushes, this, messages(settings, meters));
    }

    private static MessageCache messages(FanoutSettings settings, Meters meters) {
        return settings.history()
                ? new MessageCache(PooledByteBufAllocator.DEFAULT, meters.histories())
                : new MessageCache(PooledByteBufAllocator.DEFAULT);
    }

    /** Introduces itself to the shards; completes with the feed's instruments, which live from then on. */
    public Future<InstrumentDirectory> start() {
        MessageConsumer<FrameBatch> frames = vertx.eventBus().consumer(address, this::onFrames);
        MessageConsumer<ShardStatus> status = vertx.eventBus().consumer(FanoutBus.STATUS, this::onStatus);
        vertx.setPeriodic(LOAD_CHECK_MILLIS, timer -> checkLoad());
        return Future.all(frames.completion(), status.completion()).compose(listening -> {
            for (int shard = 0; shard < count(); shard++) {
                send(shard, false, List.of());
            }
            return listed.future();
        });
    }

    public Audience streams() {
        return audience;
    }

    /** See {@link Audience#followers}. */
    public Map<StreamKey, Integer> followers() {
        return audience.followers();
    }

    /** Has an action told the flush interval, in milliseconds, whenever it changes. */
    public void onStretch(IntConsumer action) {
        onStretch = action;
    }

    /** Has an action told how the instruments change, before any data in their new steps. */
    public void onDirectory(Consumer<DirectoryChange> action) {
        onDirectory = action;
    }

    /** Milliseconds between two flushes: as usual, or more because of overload, of this loop or of a shard. */
    public int stretchedMillis() {
        return flushes.millis(audience.stretch());
    }

    public boolean isStretched() {
        return audience.stretch() > flushes.ticks();
    }

    /** Whether another client would make it worse for those who are here. */
    public boolean refusesNewcomers() {
        return audience.stretch() >= REFUSING_STRETCH * flushes.ticks();
    }

    /** LIVE if what every shard has is young until the next look, and the source of any instrument is there. */
    public FeedStatus feedStatus() {
        long nowNanos = System.nanoTime();
        for (ShardStatus status : shardStatus) {
            if (status == null || !status.whole() || nowNanos - status.appliedNanos() >= OLD_NANOS) {
                return FeedStatus.STALE;
            }
        }
        return directory.isStale() ? FeedStatus.STALE : FeedStatus.LIVE;
    }

    /** The newest trades or candles of a stream, as the JSON text of the protocol. */
    public Future<Buffer> history(StreamKey key, int limit) {
        return vertx.eventBus()
                .<Buffer>request(
                        FanoutBus.history(Shard.of(key.instrumentId(), count())), new HistoryRequest(key, limit))
                .map(Message::body);
    }

    @Override
    public int count() {
        return shardStatus.length;
    }

    @Override
    public Version newest(int shard) {
        return newest[shard];
    }

    /** Of another epoch it counts as it is told: that one need not be the later one. */
    private void heard(int shard, Version told) {
        if (told.epoch() != newest[shard].epoch() || told.isAfter(newest[shard])) {
            newest[shard] = told;
        }
    }

    @Override
    public void send(int shard, boolean taken, List<Ask> asks) {
        if (!closing) {
            vertx.eventBus().send(FanoutBus.asks(shard), new Asks(address, audience.stretch(), taken, asks));
        }
    }

    @Override
    public void later(Runnable action) {
        context.runOnContext(now -> action.run());
    }

    /** Has the shards send nothing more. What they sent before arrives before their replies, so no frame is lost. */
    public Future<Void> close() {
        closing = true;
        List<Future<?>> left = new ArrayList<>();
        for (int shard = 0; shard < count(); shard++) {
            left.add(vertx.eventBus().request(FanoutBus.leave(shard), address));
        }
        return Future.join(left).otherwiseEmpty().<Void>mapEmpty().onComplete(gone -> audience.close());
    }

    private void onFrames(Message<FrameBatch> message) {
        FrameBatch batch = message.body();
        if (closing) {
            batch.release();
            return;
        }
        heard(batch.shard(), batch.newest());
        arrived.add(batch);
        // After what else has arrived: the batches of several shards then make one message for each client, and the
        // more
        // there is to write, the more of them are here by then.
        if (arrived.size() == 1) {
            later(this::deliver);
        }
    }

    private void deliver() {
        List<FrameBatch> batches = List.copyOf(arrived);
        arrived.clear();
        if (closing) {
            batches.forEach(FrameBatch::release);
            return;
        }
        long begunNanos = load.begin();
        batches.forEach(this::list);
        audience.deliver(batches, System.nanoTime());
        load.flushed(begunNanos);
        long nowNanos = System.nanoTime();
        for (FrameBatch batch : batches) {
            if (batch.oldestEventNanos() != 0) {
                meters.eventToWrite(nowNanos - batch.oldestEventNanos());
            }
        }
    }

    /** Before the answers, which may be in new steps. */
    private void list(FrameBatch batch) {
        if (!batch.listings().isEmpty()) {
            onDirectory.accept(directory.apply(batch.listings()));
        }
        if (heardFrom.size() < count() && heardFrom.add(batch.shard()) && heardFrom.size() == count()) {
            listed.complete(directory);
        }
    }

    private void onStatus(Message<ShardStatus> message) {
        ShardStatus status = message.body();
        shardStatus[status.shard()] = status;
        heard(status.shard(), status.newest());
        keepToStretch();
    }

    private void checkLoad() {
        if (load.check()) {
            keepToStretch();
        }
    }

    private void keepToStretch() {
        int ticks = load.ticks();
        for (ShardStatus status : shardStatus) {
            ticks = Math.max(ticks, status == null ? 0 : status.stretch());
        }
        if (ticks != audience.stretch() && !closing) {
            audience.stretch(ticks);
            load.keepTo(ticks);
            LOG.warn("{} flushes every {} ms", load.name(), stretchedMillis());
            onStretch.accept(stretchedMillis());
        }
    }
}
