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
@Timeout(30)
class BadInputTest {
    private static final long T0 = 1_800_000_000_000_000L;
    private static final String BOOK = "[1000x50] [1002x70]";
    private static final String LONG = "9".repeat(18);
    private static final Vertx NO_VERTX = null;

    private static final List<String> GOOD = List.of(
            "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"0.1\"}",
            "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]]}");

    /** What becomes of it in a recording, if not the same. */
    private enum Recorded {
        SAME,
        /** Nothing behind it is believed. */
        DAMAGED,
        /** Only told later. */
        TAKEN
    }

    /**
     * @param objects a line each
     * @param outcomes of each, {@code ok} or the code of its refusal
     * @param book of ACME afterwards
     * @param noticed what was repaired, by name
     */
    private record Case(
            String name, List<String> objects, List<String> outcomes, String book, String noticed, Recorded recorded) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case refused(String name, String code, Recorded recorded, String object) {
        return new Case(name, List.of(object), List.of(code), BOOK, "", recorded);
    }

    private static Case repaired(String name, String book, String noticed, String... objects) {
        List<String> taken = Arrays.stream(objects).map(object -> "ok").toList();
        return new Case(name, List.of(objects), taken, book, noticed, Recorded.SAME);
    }

    private static String update(String bids) {
        return "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":" + bids + "}";
    }

    private static String at(long timeMicros) {
        return "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"9.99\",\"1\"]],\"time\":" + timeMicros + "}";
    }

    private static String trade(String id) {
        return "{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"10.02\",\"size\":\"1\",\"side\":\"buy\",\"id\":\""
                + id + "\"}";
    }

    private static final List<Case> CASES = List.of(
            refused("negative size", "bad-size", Recorded.DAMAGED, update("[[\"10.00\",\"-5\"]]")),
            refused("huge size", "bad-size", Recorded.DAMAGED, update("[[\"10.00\",\"" + LONG + "\"]]")),
            refused("price off the step", "bad-price", Recorded.DAMAGED, update("[[\"10.005\",\"1\"]]")),
            refused("huge price", "bad-price", Recorded.DAMAGED, update("[[\"" + LONG + "\",\"1\"]]")),
            refused(
                    "price that no decimal of it can write",
                    "bad-price",
                    Recorded.SAME,
                    update("[[\"" + "60000000000000000" + "\",\"1\"]]")),
            refused(
                    "level twice in a snapshot",
                    "bad-price",
                    Recorded.SAME,
                    "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"9\",\"1\"],[\"9.0\",\"2\"]],\"asks\":[]}"),
            refused(
                    "unknown symbol",
                    "unknown-symbol",
                    Recorded.DAMAGED,
                    update("[]").replace("ACME", "NOPE")),
            refused("the symbol of another", "taken", Recorded.SAME, GOOD.get(0).replace("ACME", "BOLT")),
            refused("removal of what another has", "taken", Recorded.SAME, "{\"op\":\"remove\",\"symbol\":\"BOLT\"}"),
            refused("time in milliseconds", "bad-time", Recorded.DAMAGED, at(T0 / 1_000)),
            refused("time in nanoseconds", "bad-time", Recorded.DAMAGED, at(T0 * 1_000)),
            refused("object of 1 MB", "bad-request", Recorded.DAMAGED, update("[" + " ".repeat(1_000_000) + "[]]")),
            refused("deep nesting", "bad-request", Recorded.DAMAGED, "[".repeat(100) + "]".repeat(100)),
            refused("bad UTF-8", "bad-request", Recorded.DAMAGED, update("[]").replace("ACME", "AC\u00ff")),
            refused(
                    "half an object",
                    "bad-request",
                    Recorded.DAMAGED,
                    update("[]").substring(0, 20)),
            refused("a number without quotes", "bad-request", Recorded.DAMAGED, update("[[10,1]]")),
            new Case(
                    "time an hour ahead",
                    List.of(at(T0 + 3_600_000_000L)),
                    List.of("bad-time"),
                    BOOK,
                    "",
                    Recorded.TAKEN),
            new Case(
                    "a change before the book was told whole",
                    List.of(GOOD.get(0).replace("ACME", "CRAB"), update("[]").replace("ACME", "CRAB")),
                    List.of("ok", "no-snapshot"),
                    BOOK,
                    "",
                    Recorded.SAME),
            repaired("size finer than the lot", "[1000x12] [1002x70]", "rounded 1", update("[[\"10.00\",\"1.25\"]]")),
            repaired("size of less than a lot", "[1000x1] [1002x70]", "rounded 1", update("[[\"10.00\",\"0.001\"]]")),
            repaired("removal of what is not there", BOOK, "", update("[[\"9.00\",\"0\"]]")),
            repaired(
                    "level twice in an update", "[1000x20] [1002x70]", "", update("[[\"10\",\"9\"],[\"10.0\",\"2\"]]")),
            repaired("crossed", "[1003x10, 1000x50] [1002x70]", "crossed 1", update("[[\"10.03\",\"1\"]]")),
            repaired("an empty side", "[] [1002x70]", "", update("[[\"10.00\",\"0\"]]")),
            repaired("CRLF", "[1000x60] [1002x70]", "", update("[[\"10.00\",\"6\"]]") + "\r"),
            repaired("ids that repeat and go back", BOOK, "", trade("7"), trade("7"), trade("3")),
            repaired(
                    "time that goes back",
                    "[1000x50, 999x10] [1002x70]",
                    "late 2",
                    at(T0 - 1_000_000),
                    at(T0 - 2_000_000)));

    static Stream<Arguments> everyWayIn() {
        return CASES.stream()
                .flatMap(each -> Stream.of("websocket", "post", "recording").map(way -> arguments(way, each)));
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
    void shouldRefuseOrRepairItAndNobodyElseNotices(String way, Case bad) throws Exception {
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
                    default -> recorded(bad);
                };
        if (way.equals("recording") && bad.recorded() == Recorded.DAMAGED) {
            assertThat(outcomes).containsExactly("bad-request");
            assertThat(book("ACME")).isEqualTo("stale " + BOOK);
        } else if (way.equals("recording") && bad.recorded() == Recorded.TAKEN) {
            assertThat(outcomes).isEmpty();
        } else {
            assertThat(outcomes)
                    .isEqualTo(bad.outcomes().stream()
                            .filter(outcome -> !outcome.equals("ok"))
                            .toList());
            assertThat(book("ACME")).isEqualTo("open " + bad.book());
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
        GOOD.forEach(object -> session.onText(object.getBytes(ISO_8859_1), 0));
        objects.forEach(object -> session.onText(object.getBytes(ISO_8859_1), 0));
        return codes;
    }

    private List<String> posted(List<String> objects) {
        PostedLines lines = new Publishers(intake.open("publish", Integer.MAX_VALUE), sourceMeters)
                .named("me")
                .post(symbol -> true);
        lines.add((String.join("\n", GOOD) + "\n" + String.join("\n", objects)).getBytes(ISO_8859_1));
        lines.end();
        return codes(lines.answer());
    }

    private static List<String> codes(String answer) {
        return Arrays.stream(answer.split("\"code\":\"", -1))
                .skip(1)
                .map(part -> part.substring(0, part.indexOf('"')))
                .toList();
    }

    /** Times ahead are a matter of when it is played, so it is played fast. */
    private List<String> recorded(Case bad) throws IOException {
        List<String> lines = new ArrayList<>(GOOD);
        lines.addAll(bad.objects());
        Path file = folder.resolve("bad.ndjson");
        Files.write(file, (String.join("\n", lines) + "\n").getBytes(ISO_8859_1));
        RecordingSource source = new RecordingSource(
                new RecordingSettings(file.toString(), "1000000", false, RecordingSettings.KEPT), sourceMeters);
        assertThat(source.start(NO_VERTX).succeeded()).isTrue();
        Door door = intake.open("recording", Integer.MAX_VALUE);
        long now = T0;
        int end = bad.recorded() == Recorded.DAMAGED ? 3 : lines.size();
        while (count("events") + refusals().size() < end) {
            now += bad.recorded() == Recorded.TAKEN ? 1_000_000_000 : 1;
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
