package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.bus.LoopTurn;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RoundsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Rounds rounds = LoopTurn.ask(loop, () -> new Rounds(vertx)).await();

    @AfterEach
    void close() throws Exception {
        rounds.end().transform(ended -> vertx.close()).await(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldGoOnWhateverOneRoundThrows() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch heard = new CountDownLatch(2);
        rounds.every(
                1,
                () -> {
                    if (begun.incrementAndGet() == 1) {
                        throw new IllegalStateException("the first");
                    }
                    return "";
                },
                outcome -> heard.countDown());
        assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldEndWhenTheOutcomeOfWhatIsUnderWayIsHeardAndBeginNothingMore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        rounds.every(
                1,
                () -> {
                    begun.countDown();
                    return released.await(60, TimeUnit.SECONDS);
                },
                outcome -> heard.incrementAndGet());
        await(begun);
        // The loop is told to end before it hears the outcome of work that is done by then.
        CountDownLatch done = new CountDownLatch(1);
        loop.runOnContext(held -> await(done));
        Future<Integer> heardAtEnd = rounds.end().map(ended -> heard.get());
        assertThat(heardAtEnd.isComplete()).isFalse();
        released.countDown();
        Future<Void> next = loop.executeBlocking(() -> {
            done.countDown();
            return null;
        });
        assertThat(heardAtEnd.await(60, TimeUnit.SECONDS)).isEqualTo(1);
        next.await(60, TimeUnit.SECONDS);
        // Whatever was due has had its turn when a timer set later has.
        vertx.timer(10).await(60, TimeUnit.SECONDS);
        assertThat(heard).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldEndWhereNothingIsUnderWay() throws Exception {
        rounds.every(60_000, () -> "", outcome -> {});
        rounds.end().await(60, TimeUnit.SECONDS);
    }
}
