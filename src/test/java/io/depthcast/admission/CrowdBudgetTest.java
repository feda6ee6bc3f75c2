package io.depthcast.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrowdBudgetTest {
    private static final int PER_SECOND = 100;

    /** Nowhere near zero, for monotonic time has no origin. */
    private long nowNanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

    private final CrowdBudget crowd = new CrowdBudget(PER_SECOND, nowNanos);

    @Test
    void shouldLetACrowdOfTwoSecondsInAtOnceAndThenAsManyAsAreSet() {
        assertThat(pass(1_000)).isEqualTo(200);
        assertThat(pass(1_000)).isZero();
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(pass(1_000)).isEqualTo(100);
    }

    @Test
    void shouldSpreadThoseTurnedAwayAsEvenlyAsTheyAreTakenIn() {
        pass(200);

        int[] inSecond = new int[31];
        IntStream.range(0, 1_000).forEach(each -> inSecond[crowd.promiseSeconds(nowNanos)]++);

        assertThat(Arrays.copyOfRange(inSecond, 1, 11)).containsOnly(PER_SECOND);
        assertThat(Arrays.stream(inSecond).sum()).isEqualTo(1_000);
    }

    @Test
    void shouldTakeInACrowdOfTenSecondsInTenSeconds() {
        int[] backIn = new int[40];
        backIn[0] = 1_200;

        int turnedAwayTwice = 0;
        for (int second = 0; second <= 10; second++) {
            int turnedAway = backIn[second] - pass(backIn[second]);
            turnedAwayTwice += second == 0 ? 0 : turnedAway;
            for (int i = 0; i < turnedAway; i++) {
                backIn[second + crowd.promiseSeconds(nowNanos)]++;
            }
            nowNanos += TimeUnit.SECONDS.toNanos(1);
        }

        assertThat(turnedAwayTwice).isZero();
        assertThat(Arrays.stream(backIn, 11, backIn.length).sum()).isZero();
    }

    @Test
    void shouldPromiseNobodyMoreThanHalfAMinute() {
        IntStream.range(0, 100_000).forEach(each -> crowd.promiseSeconds(nowNanos));

        assertThat(crowd.promiseSeconds(nowNanos)).isEqualTo(30);
        nowNanos += TimeUnit.SECONDS.toNanos(40);
        assertThat(crowd.promiseSeconds(nowNanos)).isEqualTo(1);
    }

    @Test
    void shouldTakeAnotherRateAtOnce() {
        pass(200);
        crowd.setRate(10 * PER_SECOND, nowNanos);
        nowNanos += TimeUnit.SECONDS.toNanos(1);

        assertThat(pass(5_000)).isEqualTo(1_000);
    }

    private int pass(int clients) {
        return (int) IntStream.range(0, clients)
                .filter(each -> crowd.tryPass(nowNanos))
                .count();
    }
}
