package io.depthcast.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** How long the way of a price takes, stage by stage. Any thread. */
final class DelayMeters {
    private static final long[] FLUSH_MICROS = {100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 50_000, 100_000};
    /** Close around the default flush and the two after it, where nearly all of it is. */
    private static final long[] EVENT_TO_WRITE_MICROS = {
        2_000, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 75_000, 100_000, 250_000, 1_000_000
    };

    private static final long[] CLIENT_AGE_MICROS = {
        10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000
    };

    private final Timer flushDuration;
    private final Timer deliveryDuration;
    private final Timer eventToWrite;
    private final Timer clientAge;

    DelayMeters(MeterRegistry registry) {
        flushDuration = timer("flush.duration", "Time that a shard needs for one flush.", FLUSH_MICROS)
                .register(registry);
        deliveryDuration = timer(
                        "delivery.duration",
                        "Time that a gateway loop needs to write one flush to its clients.",
                        FLUSH_MICROS)
                .register(registry);
        eventToWrite = timer(
                        "event.to.write",
                        "Time from a market event to the socket write that carries it.",
                        EVENT_TO_WRITE_MICROS)
                .register(registry);
        clientAge = timer(
                        "client.age",
                        "Age of the newest price when a client applied it, as clients that report it say.",
                        CLIENT_AGE_MICROS)
                .register(registry);
    }

    void flushed(long nanos) {
        flushDuration.record(nanos, TimeUnit.NANOSECONDS);
    }

    void delivered(long nanos) {
        deliveryDuration.record(nanos, TimeUnit.NANOSECONDS);
    }

    void eventToWrite(long nanos) {
        eventToWrite.record(nanos, TimeUnit.NANOSECONDS);
    }

    void clientAge(int millis) {
        clientAge.record(millis, TimeUnit.MILLISECONDS);
    }

    private static Timer.Builder timer(String name, String help, long... bucketMicros) {
        return Timer.builder("depthcast." + name)
                .description(help)
                .serviceLevelObjectives(LongStream.of(bucketMicros)
                        .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
                        .toArray(Duration[]::new));
    }
}
