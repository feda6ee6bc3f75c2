package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollTimesTest {
    private static final int CALM = 10;
    private static final int BUSY = 1_000;

    @Test
    void shouldPollShortlyBeforeEachFlush() {
        PollTimes times = new PollTimes(20);

        for (long nowMicros = 0; nowMicros < 40_000; nowMicros += 37) {
            long nowNanos = TimeUnit.MICROSECONDS.toNanos(nowMicros);
            long next = nowMicros + 1_000 * times.millisToNext(nowNanos, CALM);
            long beforeFlush = 20_000 - next % 20_000;
            assertThat(beforeFlush).as("from %d us", nowMicros).isBetween(1L, 2_000L);
        }
    }

    @Test
    void shouldPollOnceForEachFlushWhileTheMarketIsCalm() {
        assertThat(polls(new PollTimes(20), CALM)).isEqualTo(50);
    }

    @Test
    void shouldPollSoonAfterAPollThatBroughtMuch() {
        assertThat(polls(new PollTimes(20), BUSY)).isBetween(500, 600);
    }

    @Test
    void shouldHaveNoEventWaitForARareFlush() {
        assertThat(polls(new PollTimes(100), CALM)).isEqualTo(50);
        assertThat(polls(new PollTimes(25), CALM)).isEqualTo(80);
    }

    @Test
    void shouldPollForEachFlushThatIsAMillisecondLong() {
        assertThat(polls(new PollTimes(1), CALM)).isEqualTo(1_000);
    }

    /** In a second, with timers that are on time. */
    private static int polls(PollTimes times, int events) {
        int polls = 0;
        long nowNanos = 0;
        while (true) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(times.millisToNext(nowNanos, events));
            if (nowNanos > TimeUnit.SECONDS.toNanos(1)) {
                return polls;
            }
            polls++;
        }
    }
}
