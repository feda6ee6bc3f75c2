package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedBus;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Listing;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.Version;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live means young: how old what was applied is counts, and not whether somebody was heard. */
@Timeout(300)
class FeedAgeTest {
    private static final long EPOCH = 7;
    private static final FanoutSettings SETTINGS = new FanoutSettings(20, 1, true);

    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = new Meters(PrometheusRegistry.create(), "1.2.3");
    private final HandFeed feed = new HandFeed(EPOCH, 1);
    private final Context context = vertx.getOrCreateContext();
    private final BlockingQueue<ShardStatus> told = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() {
        FeedBus.register(vertx.eventBus());
        FanoutBus.register(vertx.eventBus());
        vertx.eventBus().<String>consumer(FeedBus.SNAPSHOT, request -> request.reply(snapshot(0)));
        vertx.eventBus().<ShardStatus>consumer(FanoutBus.STATUS, message -> told.add(message.body()));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void shouldCallAShardOldThatIsBehindHoweverMuchItHears() throws InterruptedException {
        await(vertx.deployVerticle(new FanoutVerticle(SETTINGS, 0, Clock.systemUTC(), meters, WorkMeter.CLOCK)));
        long made = System.nanoTime() - TimeUnit.SECONDS.toNanos(10);
        vertx.eventBus().publish(FeedBus.EVENTS, batch(2, made));
        ShardStatus status = until(each -> each.appliedNanos() == made);
        assertThat(status.whole()).isTrue();

        long now = System.nanoTime();
        vertx.eventBus().publish(FeedBus.EVENTS, new EventBatch.Builder(EPOCH, 3).build(EPOCH, now));
        assertThat(until(each -> each.appliedNanos() == now).whole())
                .as("one without rows is as young as any")
                .isTrue();
    }

    @Test
    void shouldCallAFeedStaleThatIsOldWheneverItIsAsked() {
        AudienceLoop loop = loop(InstrumentStatus.OPEN);
        assertThat(ask(loop)).as("nothing was said").isEqualTo(FeedStatus.STALE);
        long nowNanos;
        do {
            nowNanos = System.nanoTime();
            say(new ShardStatus(0, true, nowNanos, new Version(0, 0), 1));
            // Unless the machine stood still for seconds in between.
        } while (ask(loop) != FeedStatus.LIVE);
        say(new ShardStatus(0, true, nowNanos - TimeUnit.SECONDS.toNanos(10), new Version(0, 0), 1));
        assertThat(ask(loop)).as("heard just now, but old").isEqualTo(FeedStatus.STALE);
        say(new ShardStatus(0, false, nowNanos, new Version(0, 0), 1));
        assertThat(ask(loop)).as("young, but not whole").isEqualTo(FeedStatus.STALE);
    }

    @Test
    void shouldCallAFeedStaleThatWouldBeBeforeTheNextLook() {
        AudienceLoop loop = loop(InstrumentStatus.OPEN);
        long millis = FeedBus.STALE_MILLIS - AudienceLoop.LOOK_MILLIS;
        long madeNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(millis);
        say(new ShardStatus(0, true, madeNanos, new Version(0, 0), 1));
        assertThat(ask(loop)).isEqualTo(FeedStatus.STALE);
    }

    @Test
    void shouldCallAFeedStaleWhoseSourcesAreAllGone() {
        AudienceLoop loop = loop(InstrumentStatus.STALE);
        say(new ShardStatus(0, true, System.nanoTime(), new Version(0, 0), 1));
        assertThat(ask(loop)).isEqualTo(FeedStatus.STALE);
    }

    /** A gateway loop that has been told of one instrument, by a shard that this test plays. */
    private AudienceLoop loop(InstrumentStatus status) {
        EventBatch changed = feed.status(1, status).take();
        assertThat(changed.count()).isEqualTo(1);
        vertx.eventBus().<Asks>consumer(FanoutBus.asks(0), message -> {
            List<Listing> listings = feed.snapshot().books().stream()
                    .map(FeedSnapshot.Book::listing)
                    .toList();
            LoopPort port = new LoopPort(message.body().loop(), listings);
            vertx.eventBus().send(port.address(), port.take(0, 0, new Version(0, 0)));
        });
        return start();
    }

    /** Made on a context of its own, where it also looks. */
    private AudienceLoop start() {
        CompletableFuture<AudienceLoop> started = new CompletableFuture<>();
        context.runOnContext(turn -> {
            AudienceLoop loop = new AudienceLoop(vertx, 0, SETTINGS, meters, WorkMeter.CLOCK);
            loop.start().onComplete(done -> started.complete(loop), started::completeExceptionally);
        });
        return started.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** What the loop says after all that it was told. */
    private FeedStatus ask(AudienceLoop loop) {
        CompletableFuture<FeedStatus> said = new CompletableFuture<>();
        context.runOnContext(turn -> said.complete(loop.feedStatus()));
        return said.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private void say(ShardStatus status) {
        vertx.eventBus().publish(FanoutBus.STATUS, status);
    }

    private ShardStatus until(Predicate<ShardStatus> expected) throws InterruptedException {
        ShardStatus status = told.take();
        while (!expected.test(status)) {
            status = told.take();
        }
        return status;
    }

    private EventBatch batch(long row, long createdNanos) {
        EventBatch.Builder rows = new EventBatch.Builder(EPOCH, row);
        rows.status(1, InstrumentStatus.HALTED, EPOCH);
        return rows.build(EPOCH, createdNanos);
    }

    private FeedSnapshot snapshot(long createdNanos) {
        FeedSnapshot snapshot = feed.snapshot();
        return new FeedSnapshot(snapshot.epoch(), snapshot.sequence(), createdNanos, snapshot.books());
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
