package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the feed's loop begins, whatever thread the sources start on. */
class FeedVerticleTest {
    /** Enough for a start that is complete before anyone has asked for it, and for one that is not. */
    private static final int STARTS = 100;

    private Vertx vertx;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        FeedBus.register(vertx.eventBus());
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void shouldPollAndAnswerOnOneLoopWhateverThreadASourceStartsOn() throws Exception {
        for (int start = 0; start < STARTS; start++) {
            ForeignStart source = new ForeignStart();
            Meters meters = new Meters(PrometheusRegistry.create(), "1.0.0");
            String feed =
                    await(vertx.deployVerticle(new FeedVerticle(List.of(source), 1, 20, Clock.systemUTC(), meters)));
            await(vertx.eventBus().request(FeedBus.SNAPSHOT, ""));
            await(source.polledTwice.future());
            await(vertx.undeploy(feed));
            assertThat(source.threads).hasSize(1);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static final class ForeignStart implements Source {
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        final Promise<Void> polledTwice = Promise.promise();
        private final AtomicInteger polls = new AtomicInteger();

        @Override
        public String name() {
            return "foreign";
        }

        @Override
        public Future<Void> start(Vertx of) {
            Promise<Void> started = Promise.promise();
            Thread foreign = new Thread(started::complete, "foreign");
            threads.clear();
            foreign.start();
            return started.future();
        }

        @Override
        public void poll(Door door, long nowMicros, long nowNanos) {
            threads.add(Thread.currentThread());
            if (polls.incrementAndGet() == 2) {
                polledTwice.complete();
            }
        }
    }
}
