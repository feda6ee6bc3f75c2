package io.depthcast.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.Refusal;
import io.depthcast.recording.DamagedRecording;
import io.depthcast.recording.RecordingWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was recorded is played: the same books and statuses after every batch, from the start of any file. */
class FeedRecordingTest {
    private static final int BATCHES = 400;

    @TempDir
    private Path folder;

    private final List<Path> files = new ArrayList<>();
    /** By the time of the batch. */
    private final Map<Long, String> books = new HashMap<>();

    private final Map<Long, String> trades = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldHaveTheBooksThatWereRecordedAfterEveryBatch(long seed) throws Exception {
        record(seed);
        assertThat(files).hasSizeGreaterThan(3);
        assertThat(play(files)).as("seed %d", seed).isEqualTo(BATCHES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8, 9})
    void shouldPlayEachFileByItself(long seed) throws Exception {
        record(seed);
        for (Path file : files) {
            assertThat(play(List.of(file))).as("seed %d", seed).isPositive();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {10, 11})
    void shouldBeginAnewAfterTheEnd(long seed) throws Exception {
        record(seed);
        Replica replica = new Replica();
        for (Path again : List.of(files.get(2), files.get(0), files.get(3), files.get(2))) {
            replica.play(new FeedRecording(List.of(again)));
        }
        assertThat(replica.compared).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {13, 14, 15, 16, 17, 18})
    void shouldHaveTheTapesAndTheCandlesThatWereRecordedFromTheStartOfAnyFile(long seed) throws Exception {
        record(new RecordedMarket(seed, true), new Random(seed));
        for (Path file : files) {
            Replica replica = new Replica();
            replica.comparesTrades = true;
            replica.play(new FeedRecording(List.of(file)));
            assertThat(replica.compared).as("seed %d", seed).isPositive();
        }
    }

    /** Every byte changed, and the file cut at every byte: what comes before is right, and the place is named. */
    @Test
    void shouldNeverShowAWrongBookOfADamagedFile() throws Exception {
        record(12);
        byte[] whole = Files.readAllBytes(files.get(1));
        Random random = new Random(12);
        for (int i = 0; i < 600; i++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(whole.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            assertDamaged(damaged, "changed at " + at);
            assertDamaged(Arrays.copyOf(whole, at), "cut at " + at);
        }
    }

    private void assertDamaged(byte[] bytes, String what) throws IOException {
        Path file = Files.write(folder.resolve("damaged.rec"), bytes);
        Replica replica = new Replica();
        try {
            replica.play(new FeedRecording(List.of(file)));
            // A file that is cut between two batches is a shorter recording.
            assertThat(what).startsWith("cut");
        } catch (DamagedRecording e) {
            assertThat(e).as(what).hasMessageContaining("damaged.rec: byte ");
        }
    }

    private long play(List<Path> of) throws IOException {
        Replica replica = new Replica();
        replica.play(new FeedRecording(of));
        return replica.compared;
    }

    /** Which candles are closed by now is the clock's to say, and that runs on between what a recording has. */
    private static String besidesClosed(String trades) {
        return trades.replaceAll(", closed=(true|false)", "");
    }

    private void record(long seed) throws IOException {
        record(new RecordedMarket(seed), new Random(seed));
    }

    private void record(RecordedMarket market, Random random) throws IOException {
        RecordingWriter writer = null;
        for (int i = 0; i < BATCHES; i++) {
            if (writer == null || random.nextInt(60) == 0) {
                write(writer);
                writer = new RecordingWriter(bytes, market.snapshot(), i == 0 ? RecordedMarket.EPOCH : lastWallMicros);
            }
            EventBatch batch = market.next();
            writer.write(batch);
            lastWallMicros = batch.wallMicros();
            books.put(batch.wallMicros(), market.text());
            trades.put(batch.wallMicros(), market.trades());
        }
        write(writer);
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long lastWallMicros;

    private void write(RecordingWriter writer) throws IOException {
        if (writer != null) {
            writer.close();
            files.add(Files.write(folder.resolve(files.size() + ".rec"), bytes.toByteArray()));
            bytes.reset();
        }
    }

    /** An intake that is told what is played, and a shard behind it. */
    private final class Replica {
        private final Intake intake = new Intake(RecordedMarket.EPOCH, IntakeListener.NONE);
        private final Books shard = new Books(0, 1);
        private final RecordedDoors doors = new RecordedDoors(intake.open("recording", 3_000));
        private long nowMicros;
        private long compared;
        private boolean comparesTrades;

        Replica() {
            shard.replace(intake.snapshot());
        }

        void play(FeedRecording recording) throws IOException {
            nowMicros = 0;
            try (recording) {
                for (RecordedEvent event = recording.next(); event != null; event = recording.next()) {
                    if (event.dueMicros() != 0 && event.dueMicros() != nowMicros) {
                        endBatch();
                        nowMicros = event.dueMicros();
                        intake.begin(nowMicros, nowMicros * 1_000);
                        doors.heartbeat();
                    }
                    Refusal refusal = doors.tell(event, event.timeMicros());
                    assertThat(refusal).as(event.toString()).isNull();
                }
            }
            endBatch();
        }

        private void endBatch() {
            if (nowMicros != 0) {
                shard.apply(Objects.requireNonNullElseGet(intake.take(), intake::heartbeat));
                String expected = books.get(nowMicros);
                if (expected != null) {
                    Assertions.assertThat(RecordedMarket.text(shard)).isEqualTo(expected);
                    if (comparesTrades) {
                        Assertions.assertThat(besidesClosed(RecordedMarket.trades(shard)))
                                .isEqualTo(besidesClosed(trades.get(nowMicros)));
                    }
                    compared++;
                }
            }
        }
    }
}
