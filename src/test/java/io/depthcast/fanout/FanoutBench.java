package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.StreamKey;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/** Shards and gateway loops wired together without a bus, in one thread, with a clock that moves from flush to flush. */
final class FanoutBench implements FrameEncoder.Listener {
    static final int FLUSH_MILLIS = 20;
    static final int PATIENCE = 150;
    private static final long FLUSH_NANOS = FLUSH_MILLIS * 1_000_000L;

    /** Its own count of memory is exact, so the leak detector, which costs most of the time, is not needed here. */
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

    private final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    final Meters meters = new Meters(registry, "1.2.3");

    final List<Shard> shards = new ArrayList<>();
    final Map<String, BenchLoop> loops = new HashMap<>();

    /** Whether what the loops ask stays on its way. */
    boolean asksHeld;

    int encodings;
    int deflations;

    /** Streams that failed to tell something. */
    final List<StreamKey> failures = new ArrayList<>();

    private final FrameEncoder encoder = new FrameEncoder(allocator, this);
    private final Queue<Runnable> asksOnTheirWay = new ArrayDeque<>();
    private long flush;

    FanoutBench(int shardCount, int loopCount) {
        this(shardCount, loopCount, 1_000);
    }

    /** @param flush number of the flush that is over */
    FanoutBench(int shardCount, int loopCount, long flush) {
        this.flush = flush;
        for (int index = 0; index < shardCount; index++) {
            shards.add(new Shard(index, shardCount, encoder, PATIENCE, (key, cause) -> failures.add(key)));
        }
        for (int i = 0; i < loopCount; i++) {
            loops.put("loop" + i, new BenchLoop("loop" + i, this));
        }
    }

    /** Messages that were sent with reference to those before. */
    double referring() {
        return registry.get("depthcast.history.messages")
                .tag("deflated", "referring")
                .functionCounter()
                .count();
    }

    BenchLoop loop(int i) {
        return loops.get("loop" + i);
    }

    long flushNumber() {
        return flush;
    }

    long nowNanos() {
        return flush * FLUSH_NANOS;
    }

    /** Gives the events to every shard; returns what became of them, which is the same for all. */
    Books.Applied apply(EventBatch batch) {
        List<Books.Applied> applied =
                shards.stream().map(shard -> shard.apply(batch)).distinct().toList();
        assertThat(applied).hasSize(1);
        return applied.get(0);
    }

    void replace(FeedSnapshot snapshot) {
        shards.forEach(shard -> shard.replace(snapshot));
    }

    void send(int shard, Asks asks) {
        asksOnTheirWay.add(() -> shards.get(shard).ask(asks));
    }

    /** Some loops are busy or overloaded from now on, and what they ask may take its time. */
    void disturb(Random random) {
        for (BenchLoop loop : loops.values()) {
            loop.stuck = random.nextInt(4) == 0;
            if (random.nextInt(30) == 0) {
                loop.audience().stretch(1 << random.nextInt(5));
            }
        }
        asksHeld = random.nextInt(5) == 0;
    }

    void calm() {
        loops.values().forEach(loop -> {
            loop.stuck = false;
            loop.audience().stretch(1);
        });
        asksHeld = false;
    }

    /** One flush, with all that leads to it and follows from it. */
    void flush() {
        flush++;
        carryAsks();
        for (Shard shard : shards) {
            for (Shard.Parcel parcel : shard.flush(flush, true, nowNanos() / 1_000)) {
                carry(shard, parcel);
            }
        }
        loops.values().forEach(BenchLoop::run);
        carryAsks();
    }

    /** So many flushes in which the feed is silent. */
    void flush(int times) {
        for (int i = 0; i < times; i++) {
            flush();
        }
    }

    void flushWith(EventBatch batch) {
        assertThat(apply(batch)).isEqualTo(Books.Applied.APPLIED);
        flush();
    }

    long deliveries() {
        return loops.values().stream()
                .mapToLong(loop -> loop.audience().deliveries())
                .sum();
    }

    /** Ends the loop without a word to the shards. */
    void lose(BenchLoop loop) {
        loops.remove(loop.address());
        loop.drop();
    }

    void close() {
        loops.values().forEach(BenchLoop::drop);
        loops.values().forEach(loop -> loop.audience().close());
        encoder.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Override
    public void encoded(Encoding encoding, int bytes) {
        encodings++;
    }

    @Override
    public void deflated(Encoding encoding, int bytes) {
        deflations++;
    }

    private void carryAsks() {
        loops.values().forEach(BenchLoop::runLater);
        while (!asksHeld && !asksOnTheirWay.isEmpty()) {
            asksOnTheirWay.remove().run();
        }
    }

    private void carry(Shard shard, Shard.Parcel parcel) {
        BenchLoop loop = loops.get(parcel.loop());
        if (loop != null) {
            loop.receive(parcel.batch());
        } else {
            parcel.batch().release();
            shard.forget(parcel.loop());
        }
    }
}
