package io.depthcast.market;

import io.depthcast.feed.EventBatch;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an event of the default market costs on the feed's loop, by the CPU time of the thread: the market that makes it, and the
 * intake that checks and numbers it and keeps its book. Batches of 2 ms at 500,000 events/s.
 * {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.market.EventsTold}; about 15 seconds. One thread.
 */
public final class EventsTold {
    private static final long EPOCH_MICROS = 1_795_363_200_000_000L;
    private static final int EVENTS_PER_SECOND = 500_000;
    private static final int EVENTS_PER_PASS = 5_000_000;
    private static final int PASSES = 7;
    private static final int POLL_MICROS = 2_000;

    private EventsTold() {}

    public static void main(String[] arguments) {
        // The first two are for the compilers.
        for (int pass = -1; pass <= PASSES; pass++) {
            double nanos = nanosPerEvent();
            if (pass > 0) {
                System.out.printf("%.0f ns per event%n", nanos);
            }
        }
    }

    private static double nanosPerEvent() {
        SimulatedFeed feed =
                new SimulatedFeed(new FeedSettings(FeedSettings.SIMULATED, 1, EVENTS_PER_SECOND), EPOCH_MICROS);
        long events = 0;
        long begunNanos = threadCpuNanos();
        for (long micros = POLL_MICROS; events < EVENTS_PER_PASS; micros += POLL_MICROS) {
            @Nullable EventBatch batch = feed.poll(EPOCH_MICROS + micros, micros * 1_000);
            events += batch == null ? 0 : batch.count();
        }
        return (double) (threadCpuNanos() - begunNanos) / events;
    }

    private static long threadCpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
