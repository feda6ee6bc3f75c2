package io.depthcast.loadtest;

import io.depthcast.client.BookMessage;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.ProvedBook;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** What all users of a run saw, any thread. */
final class Proof {
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    /** For the correction of coordinated omission: a user who is sent nothing for longer would have waited. */
    private static final long EXPECTED_MICROS =
            TimeUnit.MILLISECONDS.toMicros(Math.max(20, Parameters.INTERVAL_MILLIS));

    private final LongAdder updates = new LongAdder();
    private final LongAdder snapshots = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder badChecksums = new LongAdder();
    private final LongAdder undecodable = new LongAdder();
    private final ConcurrentHistogram ages = new ConcurrentHistogram(HIGHEST_MICROS, 3);

    void add(BookMessage book, ProvedBook.Outcome outcome, long ageMicros) {
        updates.increment();
        if (book.isSnapshot()) {
            snapshots.increment();
        }
        if (outcome == ProvedBook.Outcome.GAP) {
            gaps.increment();
        } else if (outcome == ProvedBook.Outcome.BAD_CHECKSUM) {
            badChecksums.increment();
        }
        ages.recordValueWithExpectedInterval(Math.max(0, Math.min(ageMicros, HIGHEST_MICROS)), EXPECTED_MICROS);
    }

    void add(DecodeResult result) {
        if (result != DecodeResult.DECODED) {
            undecodable.increment();
        }
    }

    /** For people; the assertions of a simulation decide. */
    void print() {
        System.out.printf(
                Locale.ROOT,
                "%nproved %,d updates, %,d of them snapshots: %d gaps, %d bad checksums, %d undecodable%n"
                        + "age since sent: p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, max %.1f ms%n",
                updates.sum(),
                snapshots.sum(),
                gaps.sum(),
                badChecksums.sum(),
                undecodable.sum(),
                millis(50),
                millis(90),
                millis(99),
                millis(99.9),
                millis(100));
    }

    private double millis(double percentile) {
        return ages.getValueAtPercentile(percentile) / 1e3;
    }
}
