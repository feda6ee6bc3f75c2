package io.depthcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(300)
class LoopLagTest {
    private static final long HELD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @Test
    void shouldCountALongStopForEveryTimerItHeldUp(Vertx vertx) throws Exception {
        PrometheusMeterRegistry registry = PrometheusRegistry.create();
        Timer lag = Timer.builder("lag").register(registry);
        Promise<Void> stopped = Promise.promise();
        vertx.getOrCreateContext().runOnContext(turn -> {
            new LoopLag("test-loop", lag, System::nanoTime).watch(vertx);
            long until = System.nanoTime() + HELD_UP_NANOS;
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            // Behind the timers that are due by now.
            vertx.setTimer(150, over -> stopped.complete());
        });
        stopped.future().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);

        // Late by 400, 300, 200 and 100 ms, and on time from then on.
        assertThat(lag.count()).isGreaterThanOrEqualTo(5);
        assertThat(lag.totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(1_000);
        assertThat(lag.max(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(400);
    }

    /** Else nobody would see a loop that stands until it turns again. */
    @Test
    void shouldGrowWhileTheLoopStands() {
        AtomicLong nowNanos = new AtomicLong();
        LoopLag lag =
                new LoopLag("test-loop", Timer.builder("lag").register(PrometheusRegistry.create()), nowNanos::get);

        assertThat(lag.lateNanos()).isZero();
        nowNanos.set(TimeUnit.SECONDS.toNanos(30));
        assertThat(lag.lateNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(29_900));
        nowNanos.set(TimeUnit.SECONDS.toNanos(60));
        assertThat(lag.lateNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(59_900));
    }
}
