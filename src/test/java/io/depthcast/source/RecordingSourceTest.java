package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.Refusal;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings played from files, with time moved by hand. */
@Timeout(300)
class RecordingSourceTest {
    private static final String OBJECTS = """
            {"op":"define","symbol":"ACME","tickSize":"0.01","lotSize":"1","time":1700000000000000}
            {"op":"snapshot","symbol":"ACME","bids":[["10.00","5"]],"asks":[["10.02","7"]],"time":1700000000000000}
            {"op":"update","symbol":"ACME","bids":[["10.01","1"]],"time":1700000001000000}
            {"op":"trade","symbol":"ACME","price":"10.02","size":"2","side":"buy","time":1700000003000000}
            """;
    private static final String BOOK = """
            exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount
            x,BTC/USD,1700000000000000,1700000000000100,true,bid,100.5,1
            x,BTC/USD,1700000000000000,1700000000000100,true,ask,101,2.25
            x,BTC/USD,1700000000500000,1700000000500100,false,bid,100.5,0
            x,BTC/USD,1700000000500000,1700000000500100,false,bid,100,3
            x,BTC/USD,1700000001500000,1700000001500100,false,ask,101,1.0
            """;
    private static final String TRADES = """
            exchange,symbol,timestamp,local_timestamp,id,side,price,amount
            x,BTC/USD,1700000001000000,1700000001000100,t1,sell,100.25,0.001
            """;
    private static final long T0 = 1_800_000_000_000_000L;
    private static final Vertx NO_VERTX = null;

    @TempDir
    private Path folder;

    private final PlainDoor door = new PlainDoor();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private RecordingSource source;

    @Test
    void shouldPlayObjectsWhenTheyAreDueAsIfTheyHappenedNow() throws Exception {
        play("1", false, RecordingSettings.SHIFTED, file("a.ndjson", OBJECTS.getBytes(UTF_8)));
        pollUntil(0, 2);
        assertThat(door.told).containsExactly("define ACME 0.01 1 open", "snapshot ACME [1000x5] [1002x7] " + T0);
        source.poll(door, T0 + 999_999, 0);
        assertThat(door.told).hasSize(2);
        source.poll(door, T0 + 1_000_000, 0);
        assertThat(door.told).hasSize(3).endsWith("update ACME [1001x1] [] " + (T0 + 1_000_000));
        source.poll(door, T0 + 5_000_000, 0);
        assertThat(door.told).hasSize(4).endsWith("trade ACME BID 1002x2 null " + (T0 + 3_000_000));
    }

    @ParameterizedTest
    @CsvSource({"2, 1500000", "0.5, 6000000", "1000, 3000"})
    void shouldPlayFasterOrSlower(String speed, long lastMicros) throws Exception {
        play(speed, false, RecordingSettings.KEPT, file("a.ndjson.gz", gzip(OBJECTS)));
        pollUntil(0, 2);
        source.poll(door, T0 + lastMicros - 1, 0);
        assertThat(door.told).hasSize(3);
        source.poll(door, T0 + lastMicros, 0);
        assertThat(door.told).hasSize(4).endsWith("trade ACME BID 1002x2 null 1700000003000000");
    }

    /** Candles begin with the minute, so what was traded is known where times are those of then. */
    @ParameterizedTest
    @CsvSource({"kept, ' after 1'", "shifted, ''"})
    void shouldSayWhatWasTradedBeforeUnlessItsTimesAreShifted(String times, String history) throws Exception {
        Path part = folder.resolve("part.rec");
        assertThat(RecordingCut.cut(
                                List.of(file(
                                        "b.ndjson",
                                        (OBJECTS + OBJECTS.replace("170000000", "170000006")).getBytes(UTF_8))),
                                part,
                                1_700_000_050_000_000L,
                                Long.MAX_VALUE)
                        .isGood())
                .isTrue();
        play("1000000", false, times, part);
        pollUntil(100_000, 2);
        assertThat(door.told.get(0)).isEqualTo("define ACME 0.01 1 open" + history);
    }

    /** A file hears no refusal, and goes on from what it said. */
    @Test
    void shouldStaleTheBookOfWhatTheFeedRefuses() throws Exception {
        door.refusal = new Refusal(Refusal.Code.BAD_TIME, "too far ahead");
        door.refused = "update";
        play("1000", false, RecordingSettings.SHIFTED, file("a.ndjson", OBJECTS.getBytes(UTF_8)));
        pollUntil(0, 2);
        source.poll(door, T0 + 5_000_000, 0);
        assertThat(door.told).hasSize(4).contains("stale ACME");
        assertThat(door.told.get(3)).startsWith("trade ACME");
    }

    /** For what follows is in its steps. */
    @Test
    void shouldTakeOffTheListWhatTheFeedDoesNotTakeInOtherSteps() throws Exception {
        play(
                "1000",
                false,
                RecordingSettings.SHIFTED,
                file("a.ndjson", (OBJECTS + OBJECTS.lines().findFirst().orElseThrow()).getBytes(UTF_8)));
        pollUntil(0, 2);
        door.refusal = new Refusal(Refusal.Code.BAD_TIME, "too far ahead");
        door.refused = "define";
        source.poll(door, T0 + 5_000_000, 0);
        assertThat(door.told).hasSize(5).endsWith("remove ACME");
    }

    @Test
    void shouldPlayTardisFilesTogetherInTheOrderOfTheirTimes() throws Exception {
        play(
                "1",
                false,
                RecordingSettings.KEPT,
                file("trades.csv", TRADES.getBytes(UTF_8)),
                file("book.csv.gz", gzip(BOOK)));
        pollUntil(1_000, 6);
        assertThat(door.told)
                .containsExactly(
                        "define BTC-USD 0.01 0.001 open",
                        "snapshot BTC-USD [10050x1000] [10100x2250] 1700000000000000",
                        "update BTC-USD [10050x0, 10000x3000] [] 1700000000500000",
                        "define BTC-USD 0.01 0.001 open",
                        "trade BTC-USD ASK 10025x1 t1 1700000001000000",
                        "update BTC-USD [] [10100x1000] 1700000001500000");
    }

    @Test
    void shouldBeginAnewAtTheEndIfAsked() throws Exception {
        play("1000000", true, RecordingSettings.SHIFTED, file("a.ndjson", OBJECTS.getBytes(UTF_8)));
        long now = T0;
        while (door.told.size() < 400) {
            source.poll(door, now++, 0);
            heedTimeout();
        }
        assertThat(door.told.subList(396, 400))
                .extracting(told -> told.replaceAll("18\\d{14}", "T"))
                .containsExactly(
                        "define ACME 0.01 1 open",
                        "snapshot ACME [1000x5] [1002x7] T",
                        "update ACME [1001x1] [] T",
                        "trade ACME BID 1002x2 null T");
        source.stop();
    }

    /** A timeout interrupts. */
    private static void heedTimeout() {
        if (Thread.interrupted()) {
            throw new IllegalStateException("took too long");
        }
        Thread.onSpinWait();
    }

    @ParameterizedTest
    @CsvSource({"0.3", "0.6", "0.95"})
    void shouldPlayACutFileToItsLastGoodEventAndNameIt(double part) throws Exception {
        StringBuilder many = new StringBuilder(OBJECTS);
        for (int i = 0; i < 5_000; i++) {
            many.append("{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"")
                    .append(i * 7919 % 1000)
                    .append("\",\"")
                    .append(i * 104729 % 9999)
                    .append("\"]]}\n");
        }
        byte[] whole = gzip(many.toString());
        Path file = file("cut.ndjson.gz", Arrays.copyOf(whole, (int) (whole.length * part)));
        play("1000000", false, RecordingSettings.SHIFTED, file);
        pollUntilDisconnected();
        assertThat(door.told).hasSizeGreaterThan(100).hasSizeLessThan(5_005).endsWith("disconnected");
        assertThat(refused()).isEqualTo(1);

        int last = door.told.size() - 2;
        String expected = many.toString().lines().toList().get(last);
        String price = expected.replaceAll(".*\\[\\[\"(\\d+).*", "$1");
        assertThat(door.told.get(last)).startsWith("update ACME [" + price + "00x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.001\",\"1\"]]}",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"-1\"]]}",
                "{\"op\":\"update\",\"symbol\":\"BOLT\",\"bids\":[[\"10.00\",\"1\"]]}",
                "{\"op\":\"upd",
                "[{\"op\":\"nothing\"},{\"op\":\"heartbeat\"}]",
            })
    void shouldStopAtALineThatIsDamaged(String line) throws Exception {
        String rest = "\n{\"op\":\"heartbeat\"}\n";
        play("1000", false, RecordingSettings.SHIFTED, file("a.ndjson", (OBJECTS + line + rest).getBytes(UTF_8)));
        pollUntilDisconnected();
        assertThat(door.told).hasSize(5).endsWith("disconnected").doesNotContain("heartbeat");
    }

    @ParameterizedTest
    @CsvSource({
        "x,BTC,1700000000500000,1700000000500100,false,bid,abc,0",
        "'x,BTC,1700000000500000,1700000000500100,false,bid,1'",
        "'x,BTC,1700000000500000,1700000000500100,false,mid,1,1'",
        "'x,BTC,1700000000500,1700000000500,false,bid,1,1'",
    })
    void shouldStopAtARowThatIsDamaged(String row) throws Exception {
        play("1000", false, RecordingSettings.SHIFTED, file("a.csv", (BOOK + row + "\n").getBytes(UTF_8)));
        pollUntilDisconnected();
        assertThat(refused()).isEqualTo(1);
        assertThat(door.told).hasSizeLessThanOrEqualTo(5).contains("define BTC-USD 0.1 0.01 open");
    }

    @Test
    void shouldNotStartWithoutAFileThatItCanPlay() {
        for (String files : List.of("none", "missing.ndjson", folder.toString())) {
            RecordingSettings settings = new RecordingSettings(files, "1", false, RecordingSettings.SHIFTED);
            RecordingSource wrong = new RecordingSource(settings, new Meters(registry, "x").source("recording"));
            assertThat(wrong.start(NO_VERTX).cause()).hasMessageStartingWith("feed.recording.files: ");
        }
    }

    private void pollUntil(long stepMicros, int events) {
        long now = T0;
        while (door.told.size() < events) {
            source.poll(door, now, 0);
            now += stepMicros;
            heedTimeout();
        }
    }

    private void pollUntilDisconnected() {
        long now = T0;
        while (!door.told.contains("disconnected")) {
            source.poll(door, now, 0);
            now += TimeUnit.SECONDS.toMicros(1);
            heedTimeout();
        }
    }

    private double refused() {
        return registry.get("depthcast.source.refused")
                .tag("code", "bad-request")
                .functionCounter()
                .count();
    }

    private void play(String speed, boolean loop, String times, Path... files) {
        String names = String.join(",", Arrays.stream(files).map(Path::toString).toList());
        source = new RecordingSource(
                new RecordingSettings(names, speed, loop, times), new Meters(registry, "x").source("recording"));
        assertThat(source.start(NO_VERTX).succeeded()).isTrue();
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
