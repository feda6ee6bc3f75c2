package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.depthcast.HeardLog;
import io.depthcast.feed.FeedBus;
import io.depthcast.metrics.Meters;
import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer that cannot be made is seen by whoever runs the gateway. */
@Timeout(300)
class FailedAnswerTest {
    private static final StreamKey BROKEN = Follower.book(1);
    private static final StreamKey WELL = Follower.book(2);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HeardLog log = HeardLog.of(ShardLoop.class, Level.INFO);
    private final BlockingQueue<List<StreamKey>> answered = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() throws Exception {
        log.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldBeCountedAndLoggedWhileOtherStreamsAreTold() throws Exception {
        FeedBus.register(vertx.eventBus());
        FanoutBus.register(vertx.eventBus());
        HandFeed feed = new HandFeed(7, 2);
        // No source may tell this; it stands for any defect of an encoding.
        feed.bid(1, 999, -5).take();
        vertx.eventBus().<String>consumer(FeedBus.SNAPSHOT, request -> request.reply(feed.snapshot()));
        vertx.eventBus().<FrameBatch>consumer("loop", message -> {
            answered.add(message.body().answers().stream()
                    .map(answer -> answer.ask().key())
                    .toList());
            message.body().release();
        });
        vertx.deployVerticle(new FanoutVerticle(
                        new FanoutSettings(20, 1, true),
                        0,
                        Clock.systemUTC(),
                        new Meters(registry, "1.2.3"),
                        WorkMeter.CLOCK))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);

        List<Ask> asks = List.of(ask(BROKEN), ask(WELL));
        vertx.eventBus().send(FanoutBus.asks(0), new Asks("loop", 4, true, asks));
        assertThat(answered.take()).isEqualTo(List.of(WELL));
        assertThat(registry.get("depthcast.failed.answers").functionCounter().count())
                .isPositive();
        assertThat(log.lines().get(0).getKeyValuePairs().get(0).value).isEqualTo(BROKEN);
    }

    private static Ask ask(StreamKey key) {
        return new Ask(key, 0, 0, Form.COMPACT.bit(), 0, 1);
    }
}
