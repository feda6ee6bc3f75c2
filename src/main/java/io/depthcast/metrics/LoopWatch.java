package io.depthcast.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Every loop of the node, and how late each is. Any thread. */
final class LoopWatch {
    /** Microseconds. The first is what a timer is late by on an idle machine, the last what nobody waits for. */
    private static final long[] LAG_MICROS = {
        2_000,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        30_000_000,
        60_000_000
    };

    private final MeterRegistry registry;
    private final List<LoopLag> loops = new CopyOnWriteArrayList<>();

    LoopWatch(MeterRegistry registry) {
        this.registry = registry;
    }

    List<LoopLag> loops() {
        return loops;
    }

    /** To be called on the loop. */
    void add(Vertx vertx, String loop) {
        Timer lag = Timer.builder("depthcast.loop.lag")
                .description("How late a loop comes round to what is due.")
                .serviceLevelObjectives(LongStream.of(LAG_MICROS)
                        .mapToObj(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
                        .toArray(Duration[]::new))
                .tag("loop", loop)
                .register(registry);
        LoopLag watched = new LoopLag(loop, lag, System::nanoTime);
        TimeGauge.builder("depthcast.loop.late", watched, TimeUnit.NANOSECONDS, LoopLag::lateNanos)
                .description("By how much a loop is late now; grows while it stands.")
                .tag("loop", loop)
                .register(registry);
        watched.watch(vertx);
        loops.add(watched);
    }
}
