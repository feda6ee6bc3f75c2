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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source on the reader's own thread, with a consumer in memory. */
@Timeout(300)
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
        source.stop().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
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
        pollUntil(() -> told().size() == 6);

        assertThat(told())
                .containsSubsequence("define ACME 0.01 1 open", "stale ACME", "stale ACME", "stale ACME", "stale ACME")
                .last()
                .asString()
                .startsWith("snapshot ACME");
        assertThat(refused("bad-request")).isEqualTo(3);
        assertThat(refused("bad-price")).isEqualTo(1);
    }

    /** Nobody hears of a refusal, so the book is another than its publisher's from then on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "ACME|{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.005\",\"1\"]]}|stale ACME",
                "BOLT|{\"op\":\"update\",\"symbol\":\"BOLT\",\"bids\":[],\"bidz\":[]}|stale BOLT",
                "BOLT|{\"op\":\"remove\",\"symbol\":\"ACME\",\"bids\":[]}|stale ACME",
                "BOLT|[{\"op\":\"heartbeat\"},{\"op\":\"snapshot\",\"symbol\":\"ACME\"}]|stale ACME",
                "BOLT|{\"op\":\"update\",\"symbol\":\"ACME\",\"bi|stale BOLT",
                "BOLT|{\"op\":\"update\",\"symbol\":\"acme\",\"bids\":[]}|stale BOLT",
                "BOLT|{\"op\":\"update\",\"symbol\":\"ACME\",\"symbol\":\"CRAB\"}|stale BOLT",
                "ACME|{\"op\":\"trade\",\"op\":\"update\",\"symbol\":\"ACME\"}|stale ACME",
                "ACME|{\"op\":\"trade\",\"symbol\":\"ACME\"} and more|stale ACME",
                "null|{\"op\":\"update\",\"symbol\":\"ACME\"|disconnected",
                "null|{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[1,2]]}|stale ACME",
                "CRAB|{\"op\":\"update\",\"symbol\":\"CRAB\",\"bids\":[[\"1\",\"2\"]]}|null",
                "CRAB|{\"op\":\"upd|null",
                "ACME|{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"1\",\"size\":\"0\",\"side\":\"buy\"}|null",
                "ACME|{\"op\":\"heartbeat\",\"symbol\":\"ACME\"}|null",
            })
    void shouldStaleTheBookOfWhatIsRefused(String key, String refused, String stale) {
        startWithTwoBooks();
        write(key, refused);
        write("BOLT", "{\"op\":\"status\",\"symbol\":\"BOLT\",\"status\":\"halted\"}");
        pollUntil(() -> told().contains("status BOLT halted"));
        List<String> since = told().subList(4, told().size());
        assertThat(since.subList(0, since.size() - 1)).isEqualTo(stale == null ? List.of() : List.of(stale));
    }

    @Test
    void shouldDoubtAllBooksWhereKeysAreNoSymbols() {
        startWithTwoBooks();
        write("7", "{\"op\":\"status\",\"symbol\":\"BOLT\",\"status\":\"halted\"}");
        write("BOLT", "{\"op\":\"upd");
        pollUntil(() -> told().size() == 6);
        assertThat(told()).endsWith("status BOLT halted", "disconnected");
    }

    private void startWithTwoBooks() {
        start();
        for (String symbol : List.of("ACME", "BOLT")) {
            write(symbol, DEFINE.replace("ACME", symbol));
            write(symbol, SNAPSHOT.replace("ACME", symbol));
        }
        pollUntil(() -> told().size() == 4);
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
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("kafka.bootstrap, kafka.properties: no such keystore");
    }

    private void start() {
        start(0);
    }

    /** @param end of the partition, as whoever asks is told */
    private void start(long end) {
        topic.end(end);
        assertThat(source.start(NO_VERTX).toCompletionStage()).succeedsWithin(60, TimeUnit.SECONDS);
    }

    private void write(long millis, String value) {
        topic.write(millis, value == null ? null : value.getBytes(UTF_8));
    }

    private void write(String key, String value) {
        topic.write(T0 / 1_000, key, value.getBytes(UTF_8));
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
