package io.depthcast.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.metrics.Meters;
import io.depthcast.source.RecordedMarket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which batch goes to which file, and what is missing where something went wrong. */
@Timeout(300)
class RecordingFilesTest {
    private static final int HELD_ROWS = 1_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path folder;

    private final MemoryDisk disk = new MemoryDisk();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, "x");
    private final RecordSettings settings = new RecordSettings("here", 4_000, 10_000);
    private final RecordingFiles files = new RecordingFiles(settings, disk, HELD_ROWS, meters.record());
    private final RecordedMarket market = new RecordedMarket(5);
    private long now;

    @Test
    void shouldLoseNothingFromOneFileToTheNext() throws Exception {
        record(3_000);
        assertThat(count("lost")).isZero();
        assertThat(sequences()).hasSizeGreaterThan(3);
        assertThat(holes()).isEmpty();
        assertThat(count("events")).isEqualTo(market.snapshot().sequence());
        assertThat(last().text()).isEqualTo(market.text());
    }

    /** The state may come before what it includes, or after what it does not. */
    @Test
    void shouldLoseNothingWhateverComesFirst() throws Exception {
        while (!files.wantsState()) {
            take(market.next());
        }
        EventBatch held = market.next();
        take(held);
        EventBatch late = rows();
        FeedSnapshot state = market.snapshot();
        EventBatch after = market.next();
        files.take(state, now);
        assertThat(files.wantsState()).isFalse();
        take(late);
        take(after);
        assertThat(holes()).isEmpty();
        assertThat(sequences()).hasSize(2);
        assertThat(count("lost")).isZero();
        assertThat(last().text()).isEqualTo(market.text());

        files.take(state, now);
        take(market.next());
        assertThat(sequences()).hasSize(2);
    }

    @Test
    void shouldGoOnInAnotherFileWhereRowsAreMissing() throws Exception {
        record(20);
        EventBatch missing = rows();
        record(20);
        assertThat(holes()).hasSize(1);
        assertThat(holes().get(0)).isGreaterThanOrEqualTo(missing.count());
        assertThat(last().text()).isEqualTo(market.text());
    }

    @Test
    void shouldBeginWithASnapshotIfItComesLater() throws Exception {
        rows();
        record(10);
        assertThat(sequences()).hasSize(1);
        assertThat(count("lost")).isZero();
        assertThat(last().text()).isEqualTo(market.text());
    }

    @Test
    void shouldStopBeforeTheDiskIsFullAndGoOnWhenThereIsRoom() throws Exception {
        record(20);
        disk.usableBytes = 9_999;
        now += SECOND;
        record(2);
        assertThat(count("stopped")).isEqualTo(1);
        assertThat(count("lost")).isPositive();
        now += 11 * SECOND;
        record(2);
        assertThat(sequences()).as("no room yet").hasSize(1);
        assertThat(files.wantsState()).isFalse();
        assertThat(count("stopped")).isEqualTo(1);

        disk.usableBytes = 14_000;
        now += 11 * SECOND;
        record(20);
        assertThat(count("stopped")).isZero();
        assertThat(sequences()).hasSize(2);
        assertThat(count("events") + count("lost")).isEqualTo(market.snapshot().sequence());
        assertThat(last().text()).isEqualTo(market.text());
    }

    @Test
    void shouldStopWhereTheDiskFailsAndGoOnWhenItDoesNot() throws Exception {
        record(20);
        disk.failing = true;
        record(20);
        assertThat(count("stopped")).isEqualTo(1);
        disk.failing = false;
        now += 11 * SECOND;
        record(20);
        assertThat(count("stopped")).isZero();
        assertThat(count("events") + count("lost")).isEqualTo(market.snapshot().sequence());
        assertThat(last().text()).isEqualTo(market.text());
    }

    @Test
    void shouldHoldNoMoreThanItMayWhileItWaits() {
        while (!files.wantsState()) {
            take(market.next());
        }
        for (int i = 0; i < 2_000; i++) {
            take(market.next());
        }
        assertThat(count("lost")).isPositive();
        long lost = count("lost");
        files.take(market.snapshot(), now);
        take(market.next());
        assertThat(count("events") + count("lost")).isEqualTo(market.snapshot().sequence());
        assertThat(count("lost")).isGreaterThan(lost);
    }

    @Test
    void shouldRecordOnAThreadOfItsOwnAndNeverWaitForTheDisk() throws Exception {
        Recorder recorder = new Recorder(new RecordSettings("here", 1 << 20, 0), disk, HELD_ROWS, meters.record());
        recorder.start();
        disk.writes.drainPermits();
        disk.writes.release(20);
        int told = 0;
        while (count("lost") == 0) {
            recorder.offer(market.next());
            told++;
        }
        assertThat(told).isLessThan(2 * HELD_ROWS + 40);
        disk.writes.release(1_000_000);
        // Not before there is room, or more would be lost behind what is missing.
        awaitAllCounted();
        recorder.offer(rows());
        while (!recorder.wantsState()) {
            Thread.onSpinWait();
        }
        recorder.offer(market.snapshot());
        recorder.stop();
        assertThat(holes()).hasSize(1);
        assertThat(count("events") + count("lost")).isEqualTo(market.snapshot().sequence());
        assertThat(last().text()).isEqualTo(market.text());
    }

    private void awaitAllCounted() {
        while (count("events") + count("lost") < market.snapshot().sequence()) {
            Thread.onSpinWait();
        }
    }

    private void record(int batches) {
        for (int i = 0; i < batches; i++) {
            take(market.next());
            if (files.wantsState()) {
                files.take(market.snapshot(), now);
            }
        }
    }

    /** The next batch that is not empty. */
    private EventBatch rows() {
        EventBatch batch = market.next();
        while (batch.count() == 0) {
            batch = market.next();
        }
        return batch;
    }

    private void take(EventBatch batch) {
        now += 1_000_000;
        files.take(batch, now);
    }

    private long count(String name) {
        return (long)
                (name.equals("stopped")
                        ? registry.get("depthcast.record.stopped").gauge().value()
                        : registry.get("depthcast.record." + name)
                                .functionCounter()
                                .count());
    }

    private record Read(long from, long through, String text) {}

    private List<Read> sequences() throws IOException {
        List<Read> all = new ArrayList<>();
        for (Path file : disk.save(folder)) {
            try (RecordingReader reader = new RecordingReader(file)) {
                Books books = Books.of(reader.epoch(), reader.sequence());
                try {
                    for (EventBatch batch = reader.next(); batch != null; batch = reader.next()) {
                        assertThat(books.apply(batch)).isEqualTo(Books.Applied.APPLIED);
                    }
                } catch (DamagedRecording cut) {
                    // A disk that fails takes half a batch.
                    assertThat(disk.hasFailed).isTrue();
                }
                all.add(new Read(reader.stateSequence(), reader.sequence(), RecordedMarket.text(books)));
            }
        }
        return all;
    }

    private Read last() throws IOException {
        List<Read> all = sequences();
        return all.get(all.size() - 1);
    }

    /** Rows that are missing between files. */
    private List<Long> holes() throws IOException {
        List<Read> all = sequences();
        List<Long> holes = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            long hole = all.get(i).from() - all.get(i - 1).through();
            if (hole != 0) {
                holes.add(hole);
            }
        }
        return holes;
    }
}
