package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source on the reader's own thread, with a consumer in memory. */
@Timeout(120)
class KafkaSourceTest {
    private static final Vertx NO_VERTX = null;
    private static final long T0 = 1_800_000_000_000_000L;
    private static final String DEFINE =
            "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}";
    private static final String SNAPSHOT =
            "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]]}";

    private final PlainDoor door = new PlainDoor();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryTopic topic = new MemoryTopic(0);
    private final KafkaSource source = new KafkaSource(
            new KafkaFeedSettings("prices", KafkaFeedSettings.OLDEST),
            new Meters(registry, "test").source("kafka"),
            () -> topic.consumer);

    @AfterEach
    void stop() throws Exception {
        source.stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellTheObjectsOfRecordsAtTheTimesOfThese() {
        start();
        write(T0 / 1_000 - 500, DEFINE);
        write(T0 / 1_000 - 400, SNAPSHOT);
        write(
                T0 / 1_000 - 300,
                "[{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"6\"]],\"time\":" + (T0 - 310_000) + "},"
                        + "{\"op\":\"heartbeat\"}]");
        write(T0 / 1_000 + 90_000, "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"7\"]]}");
        pollUntil(() -> told().size() == 4);

        assertThat(told())
                .containsExactly(
                        "define ACME 0.01 1 open",
                        "snapshot ACME [1000x5] [1002x7] " + (T0 - 400_000),
                        "update ACME [1000x6] [] " + (T0 - 310_000),
                        "update ACME [1000x7] [] " + T0);
        assertThat(count("depthcast.source.events")).isEqualTo(5);
    }

    @Test
    void shouldCountAndLeaveOutWhatIsNoObject() {
        start();
        write(T0 / 1_000, DEFINE);
        write(T0 / 1_000, "{\"op\":\"upd");
        write(T0 / 1_000, "x".repeat(Publishers.MAX_TEXT_BYTES + 1));
        write(T0 / 1_000, null);
        write(T0 / 1_000, SNAPSHOT.replace("10.00", "10.005"));
        write(T0 / 1_000, SNAPSHOT);
        pollUntil(() -> told().size() == 2);

        assertThat(told()).last().asString().startsWith("snapshot ACME");
        assertThat(refused("bad-request")).isEqualTo(3);
        assertThat(refused("bad-price")).isEqualTo(1);
    }

    @Test
    void shouldBeLateUntilItHasCaughtUpAndAgainWhenNothingIsSaid() {
        start(2);
        write(T0 / 1_000, DEFINE);
        pollUntil(() -> told().size() == 1);
        assertThat(door.late).as("one of two is read").isTrue();
        write(T0 / 1_000, SNAPSHOT);
        pollUntil(() -> !door.late);
        assertThat(registry.get("depthcast.source.behind").gauge().value()).isLessThan(30);
        assertThat(told()).hasSize(2);

        source.poll(door, T0, System.nanoTime() + TimeUnit.SECONDS.toNanos(11));
        assertThat(door.late).as("nothing for 11 s").isTrue();
        assertThat(door.told).doesNotContain("disconnected");
    }

    @Test
    void shouldHaveItsInstrumentsToldWholeAgainWhereRecordsAreLost() {
        start();
        write(T0 / 1_000, DEFINE);
        pollUntil(() -> told().size() == 1);
        topic.consumer.schedulePollTask(
                () -> topic.consumer.setPollException(new OffsetOutOfRangeException(Map.of(MemoryTopic.PLACE, 1L))));
        pollUntil(() -> door.told.contains("disconnected"));
        assertThat(told()).containsExactly("define ACME 0.01 1 open", "disconnected");
    }

    @Test
    void shouldNotStartWithSettingsThatKafkaDoesNotTake() {
        KafkaSource wrong = new KafkaSource(
                new KafkaFeedSettings("prices", KafkaFeedSettings.NEWEST),
                new Meters(registry, "test").source("other"),
                () -> {
                    throw new KafkaException(
                            "Failed to construct kafka consumer", new ConfigException("no such keystore"));
                });
        assertThat(wrong.start(NO_VERTX).toCompletionStage())
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("kafka.bootstrap, kafka.properties: no such keystore");
    }

    private void start() {
        start(0);
    }

    /** @param end of the partition, as whoever asks is told */
    private void start(long end) {
        topic.end(end);
        assertThat(source.start(NO_VERTX).toCompletionStage()).succeedsWithin(30, TimeUnit.SECONDS);
    }

    private void write(long millis, String value) {
        topic.write(millis, value == null ? null : value.getBytes(UTF_8));
    }

    /** What it was told, without heartbeats. */
    private List<String> told() {
        return List.copyOf(door.told).stream()
                .filter(what -> !what.equals("heartbeat"))
                .toList();
    }

    private void pollUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            source.poll(door, T0, System.nanoTime());
            Thread.onSpinWait();
        }
    }

    private double count(String name) {
        return registry.get(name).tag("kind", "kafka").functionCounter().count();
    }

    private double refused(String code) {
        return registry.get("depthcast.source.refused")
                .tags("kind", "kafka", "code", code)
                .functionCounter()
                .count();
    }
}
