package io.depthcast.bench;

import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedSource;
import io.depthcast.recording.RecordingWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a gateway keeps that plays ten minutes of the default market in a loop, 100 times as fast: in 15 minutes, a day and more
 * of the recording. Live heap and resident memory every so often; the ratio of the last to the first says whether it grows.
 * {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.LoopedRecording}; {@code -Djmh.args=3} for
 * another number of minutes.
 */
public final class LoopedRecording {
    private static final int MINUTES = 15;
    private static final int SPEED = 100;
    private static final int RECORDED_SECONDS = 600;
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final int WARM_SECONDS = 60;
    private static final int LOOKS = 10;
    private static final int POLL_MICROS = 20_000;
    private static final long EPOCH_MICROS = 1_795_363_200_000_000L;

    private LoopedRecording() {}

    public static void main(String[] arguments) throws Exception {
        int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MINUTES;
        Path file = Files.createTempFile("looped", ".rec");
        record(file);
        try (Child child = Child.gateway(
                20,
                "feed.kind=recording",
                "feed.recording.files=" + file,
                "feed.recording.loop=true",
                "feed.recording.speed=" + SPEED)) {
            TimeUnit.SECONDS.sleep(WARM_SECONDS);
            double firstHeap = 0;
            double firstResident = 0;
            double heap = 0;
            double resident = 0;
            for (int look = 0; look <= LOOKS; look++) {
                heap = child.liveHeapBytes() / 1048576.0;
                resident = child.residentBytes() / 1048576.0;
                firstHeap = look == 0 ? heap : firstHeap;
                firstResident = look == 0 ? resident : firstResident;
                System.out.printf(
                        "after %4d s: %.1f MiB live in the heap, %.1f MiB resident, %.0f s of CPU%n",
                        WARM_SECONDS + look * minutes * 60 / LOOKS,
                        heap,
                        resident,
                        child.cpu().toMillis() / 1e3);
                if (look < LOOKS) {
                    TimeUnit.SECONDS.sleep(minutes * 60L / LOOKS);
                }
            }
            System.out.printf("last / first: heap %.3f, resident %.3f%n", heap / firstHeap, resident / firstResident);
        } finally {
            Files.delete(file);
        }
    }

    private static void record(Path file) throws IOException {
        Intake intake = new Intake(EPOCH_MICROS, IntakeListener.NONE);
        SimulatedSource market =
                new SimulatedSource(new FeedSettings(FeedSettings.SIMULATED, 1, EVENTS_PER_SECOND), EPOCH_MICROS);
        Door door = intake.open(market.name(), 60_000);
        try (RecordingWriter writer = new RecordingWriter(
                new BufferedOutputStream(Files.newOutputStream(file)),
                new FeedSnapshot(EPOCH_MICROS, 0, 0, List.of()),
                EPOCH_MICROS)) {
            long endMicros = EPOCH_MICROS + TimeUnit.SECONDS.toMicros(RECORDED_SECONDS);
            for (long micros = EPOCH_MICROS; micros < endMicros; micros += POLL_MICROS) {
                intake.begin(micros, TimeUnit.MICROSECONDS.toNanos(micros));
                market.poll(door, micros, TimeUnit.MICROSECONDS.toNanos(micros));
                EventBatch batch = intake.take();
                if (batch != null) {
                    writer.write(batch);
                }
            }
        }
    }
}
