package io.depthcast.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Books;
import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.LevelChanges;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.SourceMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What sources get wrong, through each way in that takes objects: the named refusal or the named repair, counted, and nobody
 * else notices.
 */
@Timeout(300)
class BadInputTest {
    private static final long T0 = BadInput.T0;
    private static final Vertx NO_VERTX = null;

    static Stream<Arguments> everyWayIn() {
        return BadInput.ALL.stream().flatMap(each -> Stream.of("websocket", "post", "kafka", "recording")
                .map(way -> arguments(way, each)));
    }

    @TempDir
    private Path folder;

    private final Map<String, Integer> noticed = new HashMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, "x");
    private final SourceMeters sourceMeters = meters.source("some");
    private final Intake intake = new Intake(T0 - 10_000_000, new IntakeListener() {
        @Override
        public void late(String source) {
            noticed.merge("late", 1, Integer::sum);
        }

        @Override
        public void crossed(String source) {
            noticed.merge("crossed", 1, Integer::sum);
        }
    });
    private final Books shard = new Books(0, 1);
    private final Door neighbour = intake.open("neighbour", Integer.MAX_VALUE);

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyWayIn")
    void shouldRefuseOrRepairItAndNobodyElseNotices(String way, BadInput bad) throws Exception {
        shard.replace(intake.snapshot());
        intake.begin(T0, 0);
        StepSize one = StepSize.parse("1");
        assertThat(neighbour.define("BOLT", one, one, InstrumentStatus.OPEN)).isNull();
        assertThat(neighbour.snapshot("BOLT", levels(7, 1), levels(8, 1), 0)).isNull();
        String others = book("BOLT");

        List<String> outcomes =
                switch (way) {
                    case "websocket" -> overWebSocket(bad.objects());
                    case "post" -> posted(bad.objects());
                    case "kafka" -> fromTopic(bad.objects());
                    default -> recorded(bad);
                };
        if (way.equals("recording") && bad.recorded() == BadInput.Recorded.DAMAGED) {
            assertThat(outcomes).containsExactly("bad-request");
            assertThat(book("ACME")).isEqualTo("stale " + BadInput.BOOK);
        } else if (way.equals("recording") && bad.recorded() == BadInput.Recorded.TAKEN) {
            assertThat(outcomes).isEmpty();
        } else {
            assertThat(outcomes)
                    .isEqualTo(bad.outcomes().stream()
                            .filter(outcome -> !outcome.equals("ok"))
                            .toList());
            // Over the others the publisher hears of it, and can mend it.
            boolean isUnheard = way.equals("kafka") || way.equals("recording");
            String status = isUnheard && bad.isInDoubt() ? "stale " : "open ";
            assertThat(book("ACME")).isEqualTo(status + bad.book());
            // A recording has no say in how its sizes were rounded: its writer did that, or counts nothing.
            if (!(way.equals("recording") && bad.noticed().startsWith("rounded"))) {
                assertThat(noticed()).isEqualTo(bad.noticed());
            }
        }
        assertThat(book("BOLT")).isEqualTo(others);
    }

    private String noticed() {
        double rounded =
                registry.get("depthcast.source.rounded").functionCounter().count();
        if (rounded > 0) {
            noticed.put("rounded", (int) rounded);
        }
        return noticed.isEmpty()
                ? ""
                : String.join(
                        ", ",
                        noticed.entrySet().stream()
                                .map(each -> each.getKey() + " " + each.getValue())
                                .sorted()
                                .toList());
    }

    private List<String> overWebSocket(List<String> objects) {
        List<String> codes = new ArrayList<>();
        PublishingSession session = new Publishers(intake.open("publish", Integer.MAX_VALUE), sourceMeters)
                .named("me")
                .connect(new Codes(codes), symbol -> true, 0);
        BadInput.GOOD.forEach(object -> session.onText(object.getBytes(ISO_8859_1), 0));
        objects.forEach(object -> session.onText(object.getBytes(ISO_8859_1), 0));
        return codes;
    }

    private List<String> posted(List<String> objects) {
        PostedLines lines = new Publishers(intake.open("publish", Integer.MAX_VALUE), sourceMeters)
                .named("me")
                .post(symbol -> true);
        lines.add((String.join("\n", BadInput.GOOD) + "\n" + String.join("\n", objects)).getBytes(ISO_8859_1));
        lines.end();
        return codes(lines.answer());
    }

    private List<String> fromTopic(List<String> objects) throws Exception {
        List<String> records = new ArrayList<>(BadInput.GOOD);
        records.addAll(objects);
        MemoryTopic topic = new MemoryTopic(records.size());
        records.forEach(record -> topic.write(T0 / 1_000, record.getBytes(ISO_8859_1)));
        KafkaSource source = new KafkaSource(
                new KafkaFeedSettings("prices", KafkaFeedSettings.OLDEST), sourceMeters, () -> topic.consumer);
        source.start(NO_VERTX).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        Door door = intake.open("kafka", Integer.MAX_VALUE);
        while (count("events") + refusals().size() < records.size()) {
            source.poll(door, T0, System.nanoTime());
            if (Thread.interrupted()) {
                throw new IllegalStateException("took too long");
            }
        }
        source.stop().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        return refusals();
    }

    private static List<String> codes(String answer) {
        return Arrays.stream(answer.split("\"code\":\"", -1))
                .skip(1)
                .map(part -> part.substring(0, part.indexOf('"')))
                .toList();
    }

    /** What is recorded to be ahead is only told later. */
    private List<String> recorded(BadInput bad) throws IOException {
        List<String> lines = new ArrayList<>(BadInput.GOOD);
        lines.addAll(bad.objects());
        Path file = folder.resolve("bad.ndjson");
        Files.write(file, (String.join("\n", lines) + "\n").getBytes(ISO_8859_1));
        String times = bad.recorded() == BadInput.Recorded.TAKEN ? RecordingSettings.SHIFTED : RecordingSettings.KEPT;
        RecordingSource source =
                new RecordingSource(new RecordingSettings(file.toString(), "1000000", false, times), sourceMeters);
        assertThat(source.start(NO_VERTX).succeeded()).isTrue();
        Door door = intake.open("recording", Integer.MAX_VALUE);
        long now = T0;
        int end = bad.recorded() == BadInput.Recorded.DAMAGED ? 3 : lines.size();
        while (count("events") + refusals().size() < end) {
            now++;
            intake.begin(now, 0);
            source.poll(door, now, 0);
            if (Thread.interrupted()) {
                throw new IllegalStateException("took too long");
            }
        }
        source.stop();
        return refusals();
    }

    private double count(String name) {
        return registry.get("depthcast.source." + name).functionCounter().count();
    }

    private List<String> refusals() {
        List<String> codes = new ArrayList<>();
        registry.get("depthcast.source.refused").functionCounters().forEach(counter -> {
            for (int i = 0; i < counter.count(); i++) {
                codes.add(Objects.requireNonNull(counter.getId().getTag("code")));
            }
        });
        return codes;
    }

    private String book(String symbol) {
        EventBatch batch = Objects.requireNonNullElseGet(intake.take(), intake::heartbeat);
        assertThat(shard.apply(batch)).isEqualTo(Books.Applied.APPLIED);
        return RecordedMarket.text(shard)
                .lines()
                .filter(line -> line.startsWith(symbol + " "))
                .map(line -> line.split(" ", 3)[2].toLowerCase(java.util.Locale.ROOT))
                .findFirst()
                .orElseThrow();
    }

    private static LevelChanges levels(long priceTicks, long sizeLots) {
        LevelChanges changes = new LevelChanges();
        changes.add(priceTicks, sizeLots);
        return changes;
    }

    /** A connection that hears refusals. */
    private record Codes(List<String> codes) implements PublishingSession.Connection {
        @Override
        public void send(String text) {
            codes.addAll(BadInputTest.codes(text));
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void reading(boolean on) {}

        @Override
        public void close(int code, String reason) {
            codes.add("close " + code);
        }
    }
}
