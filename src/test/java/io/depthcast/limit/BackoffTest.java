package io.depthcast.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final long BASE = 250;
    private static final long CAP = 15_000;
    private static final long HEALTHY = 10_000;
    private static final double NEARLY_ONE = Math.nextDown(1.0);

    private final Backoff backoff = new Backoff(BASE, CAP, HEALTHY);

    @Test
    void shouldDoubleTheCeilingUpToTheCap() {
        long[] ceilings = {250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000};
        for (long ceiling : ceilings) {
            assertThat(backoff.nextNanos(0, NEARLY_ONE)).isEqualTo(ceiling - 1);
        }
        assertThat(backoff.failures()).isEqualTo(ceilings.length);
    }

    @Test
    void shouldStayAtTheCapForEver() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.nextNanos(0, NEARLY_ONE)).isBetween(BASE - 1, CAP);
        }
        assertThat(backoff.nextNanos(0, NEARLY_ONE)).isEqualTo(CAP - 1);
    }

    @Test
    void shouldNotOverflow() {
        Backoff huge = new Backoff(Long.MAX_VALUE / 3, Long.MAX_VALUE, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(huge.nextNanos(0, 0.5)).isPositive();
        }
    }

    @Test
    void shouldStartSmallAgainAfterAHealthyTime() {
        for (int i = 0; i < 5; i++) {
            backoff.nextNanos(HEALTHY - 1, 0);
        }
        assertThat(backoff.nextNanos(HEALTHY - 1, NEARLY_ONE)).isEqualTo(7_999);
        assertThat(backoff.nextNanos(HEALTHY, NEARLY_ONE)).isEqualTo(249);
        assertThat(backoff.nextNanos(0, NEARLY_ONE)).isEqualTo(499);
    }

    @Test
    void shouldSpreadWiderWhereOthersWereCutAsWell() {
        Backoff backoff = new Backoff(250, 15_000, HEALTHY);
        assertThat(backoff.nextNanos(1, NEARLY_ONE, 5_000)).isEqualTo(4_999);
        assertThat(backoff.nextNanos(0, NEARLY_ONE, 0)).isEqualTo(499);
        assertThat(backoff.nextNanos(0, NEARLY_ONE, 600)).as("no narrower").isEqualTo(999);
    }

    /** The mean of an even distribution from 0 is half the ceiling, and a tenth of it lies in each tenth. */
    @Test
    void shouldSpreadEvenlyFromNothing() {
        Random random = new Random(7);
        int[] tenths = new int[10];
        for (int i = 0; i < 100_000; i++) {
            tenths[(int) (new Backoff(1_000, 1_000, 0).nextNanos(0, random.nextDouble()) / 100)]++;
        }
        for (int count : tenths) {
            assertThat(count).isBetween(9_500, 10_500);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1,1", "-1,1,1", "2,1,1", "1,1,-1"})
    void shouldRefuseWhatMakesNoSense(long base, long cap, long healthy) {
        assertThatThrownBy(() -> new Backoff(base, cap, healthy)).isInstanceOf(IllegalArgumentException.class);
    }
}
