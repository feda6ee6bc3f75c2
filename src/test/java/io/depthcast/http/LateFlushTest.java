package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.fanout.WorkMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shard whose loop stands still for a while, as on a machine that others need. */
@NeedsSockets
@Timeout(300)
class LateFlushTest {
    private static final int FLUSH_MILLIS = 20;
    private static final int STANDS_STILL_AT = 10;
    private static final int STANDS_STILL_MILLIS = 1_000;
    private static final int FLUSHES = 60;

    @Test
    void shouldNotMakeUpForFlushesThatWereMissed() throws Exception {
        Noting noting = new Noting();
        try (RunningGateway gateway = RunningGateway.start(RunningGateway.BUSY, noting)) {
            noting.enough.await();
            List<Long> nanos = noting.ends();
            List<Long> after = nanos.subList(STANDS_STILL_AT, FLUSHES);
            long lasted = after.get(after.size() - 1) - after.get(0);
            long periods = TimeUnit.NANOSECONDS.toMillis(lasted) / FLUSH_MILLIS;
            // Some may be late, and noted late; made up for would be all 50 at once.
            assertThat(after).hasSizeLessThanOrEqualTo((int) periods + 10);
            assertThat(gateway.metric("depthcast_flush_duration_seconds_count")).isGreaterThanOrEqualTo(FLUSHES);
        }
    }

    /** Notes when flushes of the shard end, and has its loop stand still once. */
    private static final class Noting implements WorkMeter {
        private final List<Long> ends = new ArrayList<>();
        private final CountDownLatch enough = new CountDownLatch(FLUSHES);

        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public long workedNanos(String loop, long sinceNanos) {
            if (loop.equals("shard-0")) {
                note();
            }
            return nowNanos() - sinceNanos;
        }

        private synchronized void note() {
            ends.add(nowNanos());
            if (ends.size() == STANDS_STILL_AT) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STANDS_STILL_MILLIS));
            }
            enough.countDown();
        }

        synchronized List<Long> ends() {
            return List.copyOf(ends);
        }
    }
}
