package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.recording.RecordingWriter;
import io.depthcast.source.PlayedRecording;
import io.depthcast.source.RecordedMarket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code depthcast recording}: what it prints, and its exit code. */
@NeedsSockets
class RecordingCommandTest {
    private static final String OBJECTS = """
            {"op":"define","symbol":"ACME","tickSize":"0.01","lotSize":"1","time":1700000000000000}
            {"op":"snapshot","symbol":"ACME","bids":[["10.00","5"]],"asks":[["10.02","7"]],"time":1700000000000000}
            {"op":"update","symbol":"ACME","bids":[["10.01","1"]],"time":1700000001000000}
            {"op":"trade","symbol":"ACME","price":"10.02","size":"2","side":"buy","time":1700000003000000}
            """;

    /** Exit code and all that was printed. */
    private record Outcome(int exitCode, String out, String err) {}

    @TempDir
    Path folder;

    @Test
    void shouldVerifyWhatIsWhole() throws IOException {
        List<Path> files = record(3);
        Path objects = Files.writeString(folder.resolve("a.ndjson"), OBJECTS);
        Outcome whole = run("verify", folder.resolve("day").toString(), objects.toString());
        assertThat(whole.exitCode()).isZero();
        assertThat(whole.err()).isEmpty();
        assertThat(whole.out().lines())
                .hasSize(4)
                .allMatch(line -> line.contains(": good: "))
                .endsWith(objects + ": good: 4 events");
        assertThat(whole.out())
                .containsPattern(files.get(1) + ": good: \\d+ batches, events to \\d+, of which \\d+ after");
    }

    @Test
    void shouldNameDamageAndHoles() throws IOException {
        List<Path> files = record(4);
        byte[] bytes = Files.readAllBytes(files.get(1));
        bytes[bytes.length - 20] ^= 1;
        Files.write(files.get(1), bytes);
        Files.delete(files.get(2));
        Outcome damaged = run("verify", folder.resolve("day").toString());
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.out()).isEmpty();
        assertThat(damaged.err())
                .containsPattern(files.get(1) + ": byte \\d+: no batch, or a changed one\n")
                .containsPattern(files.get(3) + ": \\d+ events are missing before it\n")
                .contains(files.get(0) + ": good: ");
        assertThat(run("describe", files.get(1).toString()).exitCode()).isEqualTo(1);
    }

    @Test
    void shouldDescribe() throws IOException {
        Path objects = Files.writeString(folder.resolve("a.ndjson"), OBJECTS);
        assertThat(run("describe", objects.toString())).isEqualTo(new Outcome(0, """
                4 events of 1 instruments
                from 2023-11-14T22:13:20Z to 2023-11-14T22:13:23Z, 3 s
                ACME: tick 0.01, lot 1, 1 snapshots, 1 updates, 3 levels, 1 trades
                """, ""));
        record(2);
        assertThat(run("describe", folder.resolve("day").toString()).out()).contains("ACME: tick 0.01, lot 0.01, ");
    }

    @Test
    void shouldCutObjects() throws IOException {
        Path objects = Files.writeString(folder.resolve("a.ndjson"), OBJECTS);
        Path out = folder.resolve("cut.rec");
        Outcome cut = run("cut", "--from", "2023-11-14T22:13:21Z", "--out", out.toString(), objects.toString());
        assertThat(cut.exitCode()).as(cut.toString()).isZero();
        assertThat(run("describe", out.toString()).out()).isEqualTo("""
                EVENTS
                from 2023-11-14T22:13:21Z to 2023-11-14T22:13:23Z, 2 s
                ACME: tick 0.01, lot 1, 1 snapshots, 1 updates, 3 levels, 1 trades
                """.replace("EVENTS", "5 events of 1 instruments"));
        assertThat(run("cut", "--out", out.toString(), objects.toString()))
                .isEqualTo(new Outcome(1, "", out + ": expected a file that is not there\n"));
    }

    @Test
    void shouldCutWhatWasRecordedWithItsNumbers() throws IOException {
        record(3);
        Path out = folder.resolve("cut.rec");
        String from = "2026-11-22T16:00:02Z";
        Outcome cut = run(
                "cut",
                "--from",
                from,
                "--to",
                "2026-11-22T16:00:04Z",
                "--out",
                out.toString(),
                folder.resolve("day").toString());
        assertThat(cut.exitCode()).as(cut.toString()).isZero();
        assertThat(run("verify", out.toString()).exitCode()).isZero();
        assertThat(run("describe", out.toString()).out()).contains("from " + from.substring(0, 18));
        assertThat(run(
                        "cut",
                        "--from",
                        "2027-01-01T00:00:00Z",
                        "--out",
                        folder.resolve("x.rec").toString(),
                        folder.resolve("day").toString()))
                .isEqualTo(new Outcome(1, "", "nothing was recorded in that time\n"));
    }

    @Test
    void shouldCutWithTheTapeAndTheCandlesThereWere() throws IOException {
        Path objects =
                Files.writeString(folder.resolve("a.ndjson"), OBJECTS + OBJECTS.replace("170000000", "170000006"));
        Path out = folder.resolve("cut.rec");
        Outcome cut = run("cut", "--from", "2023-11-14T22:13:50Z", "--out", out.toString(), objects.toString());
        assertThat(cut.exitCode()).as(cut.toString()).isZero();
        assertThat(run("describe", out.toString()).out()).contains("ACME: ", " 1 trades");

        String whole = PlayedRecording.play(objects);
        assertThat(whole).contains("priceTicks=1002", "trades=2");
        assertThat(PlayedRecording.play(out)).isEqualTo(whole);
    }

    @Test
    void shouldRefuseWrongUsageInALine() {
        String missing = folder.resolve("none.rec").toString();
        assertThat(run("verify", missing).exitCode()).isEqualTo(2);
        assertThat(run("verify", missing).err()).startsWith(missing + ": expected a file that can be read");
        assertThat(run("verify").exitCode()).isEqualTo(2);
        assertThat(run().err()).startsWith("expected verify, describe or cut\n");
        assertThat(run("cut", "--from", "noon", "--out", "a.rec", missing).err())
                .contains("expected a time such as 2026-11-29T14:30:00Z, got \"noon\"");
        assertThat(run("cut", "--out", "a.txt", missing).err())
                .startsWith("--out: expected a name that ends with .rec, got \"a.txt\"");
    }

    /** Files of five batches each. */
    private List<Path> record(int count) throws IOException {
        RecordedMarket market = new RecordedMarket(1);
        List<Path> files = new ArrayList<>();
        Path day = Files.createDirectory(folder.resolve("day"));
        long wallMicros = RecordedMarket.EPOCH;
        for (int i = 0; i < count; i++) {
            files.add(day.resolve(i + ".rec"));
            try (RecordingWriter writer =
                    new RecordingWriter(Files.newOutputStream(files.get(i)), market.snapshot(), wallMicros)) {
                for (int j = 0; j < 5; j++) {
                    var batch = market.next();
                    wallMicros = batch.wallMicros();
                    writer.write(batch);
                }
            }
        }
        return files;
    }

    private static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = GatewayCommand.commandLine(Map.of(), Map.of());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("recording"));
        all.addAll(List.of(arguments));
        int exitCode = line.execute(all.toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
