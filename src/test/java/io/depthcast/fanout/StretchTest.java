package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** A loop whose flushes cost what a test says, on time that the test makes. */
class StretchTest {
    private static final int FLUSH_MILLIS = 20;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /** Nowhere near zero, for monotonic time has no origin. */
    private long nowNanos = Long.MAX_VALUE - 20 * SECOND;

    private Stretch stretch = new Stretch(FLUSH_MILLIS, nowNanos);

    @Test
    void shouldLeaveALoopAloneThatKeepsUp() {
        assertThat(run(60, second -> 15)).isEqualTo(repeat(1, 60));
    }

    @Test
    void shouldStretchJustSoFarThatTheWorkFits() {
        // 75 of 80 ms would be too much, 75 of 100 ms is not.
        assertThat(run(30, second -> 75)).isEqualTo(concat(List.of(2, 4, 5), repeat(5, 27)));
    }

    @Test
    void shouldStretchWhereAFlushIsALittleLongerThanTheInterval() {
        // The loop is idle for nearly half the time, because it misses every other flush.
        assertThat(run(30, second -> 21)).isEqualTo(repeat(2, 30));
    }

    @Test
    void shouldStretchNoFurtherThanSixteenTimes() {
        assertThat(run(20, second -> 5_000)).isEqualTo(concat(List.of(2, 4, 8), repeat(16, 17)));
    }

    @Test
    void shouldNotStretchForOneLongFlush() {
        assertThat(run(20, second -> second == 3 ? 14 : 2)).isEqualTo(repeat(1, 20));
        assertThat(stretch.worked(700 * MILLI)).isTrue();
        assertThat(run(20, second -> 0)).isEqualTo(repeat(1, 20));
    }

    @Test
    void shouldComeBackStepByStepOnceItIsCalm() {
        run(10, second -> 1_000);
        List<Integer> factors = run(30, second -> 1);
        assertThat(factors.stream().distinct()).containsExactly(16, 8, 4, 2, 1);
        assertThat(changes(factors)).isEqualTo(4);
        for (int factor : List.of(8, 4, 2)) {
            assertThat(Collections.frequency(factors, factor)).isBetween(3, 4);
        }
    }

    @Test
    void shouldComeBackAsFarAsTheWorkAllows() {
        run(10, second -> 1_000);
        // 130 of 180 ms is 72 %; of 160 ms it would be 81 %, too near to overload.
        List<Integer> factors = run(600, second -> 130);
        assertThat(factors.stream().distinct()).containsExactly(16, 9);
    }

    @Test
    void shouldStayWhereHalfTheIntervalWouldNotDo() {
        run(3, second -> 30);
        // 17 of 40 ms is 43 %, and of 20 ms 85 %: too near to overload.
        assertThat(run(600, second -> 17)).isEqualTo(repeat(2, 600));
        assertThat(run(10, second -> 15)).isEqualTo(concat(repeat(2, 2), repeat(1, 8)));
    }

    @Test
    void shouldComeBackWhereAShorterIntervalHasLessToTell() {
        assertThat(run(5, second -> 12 + 7L * stretch.factor())).isEqualTo(repeat(2, 5));
        // 20 of 40 ms would be 100 % of 20 ms, were there as much to tell; but then it is 15 ms.
        assertThat(run(600, second -> 10 + 5L * stretch.factor())).isEqualTo(concat(repeat(2, 2), repeat(1, 598)));
    }

    @Test
    void shouldStayWhereWhatThereIsToTellOnlySeemedToGrow() {
        run(1, second -> 19);
        // More clients came just then.
        assertThat(run(1, second -> 30)).isEqualTo(List.of(2));
        List<Integer> factors = run(700, second -> 20);
        assertThat(changes(factors.subList(0, 20))).isEqualTo(2);
        assertThat(factors.subList(20, 700)).isEqualTo(repeat(2, 680));
    }

    @Test
    void shouldChangeEverMoreSeldomUnderALoadThatComesAndGoes() {
        // Four good seconds after every bad one: long enough to come back, but for the second time.
        List<Integer> factors = run(700, second -> second % 5 == 0 ? 19 : 1);
        assertThat(changes(factors.subList(0, 70))).isEqualTo(2);
        assertThat(changes(factors.subList(70, 700))).isZero();
        assertThat(factors.get(699)).isEqualTo(2);
    }

    @Test
    void shouldNotTakeTheTimeBetweenTwoSlowFlushesForCalm() {
        stretch = new Stretch(1_000, nowNanos);
        List<Integer> factors = new ArrayList<>();
        for (int flush = 0; flush < 100; flush++) {
            nowNanos += 20 * SECOND;
            stretch.worked(20 * SECOND);
            stretch.check(nowNanos);
            for (int second = 20; second % stretch.factor() != 0; second++) {
                nowNanos += SECOND;
                stretch.check(nowNanos);
            }
            factors.add(stretch.factor());
        }
        assertThat(factors).isSorted().endsWith(16);
    }

    @Test
    void shouldStretchNothingOnceEverybodyHasLeft() {
        run(10, second -> 1_000);
        assertThat(stretch.factor()).isEqualTo(16);
        nowNanos += SECOND + SECOND / 2;
        stretch.check(nowNanos);
        assertThat(stretch.factor()).isEqualTo(16);
        nowNanos += 2 * SECOND;
        assertThat(stretch.check(nowNanos)).isTrue();
        assertThat(stretch.factor()).isEqualTo(1);
    }

    @Test
    void shouldForgetARelapseThatIsLongAgo() {
        run(2, second -> 19);
        run(5, second -> 1);
        run(1, second -> 19);
        assertThat(run(5, second -> 1)).isEqualTo(repeat(2, 5));
        run(3, second -> 1);
        assertThat(run(70, second -> 1)).isEqualTo(repeat(1, 70));
        run(1, second -> 19);
        assertThat(run(6, second -> 1)).isEqualTo(concat(repeat(2, 2), repeat(1, 4)));
    }

    /** The factor after each of so many seconds. */
    private List<Integer> run(int seconds, LongUnaryOperator workMillis) {
        List<Integer> factors = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            long end = nowNanos + SECOND;
            while (end - nowNanos > 0) {
                long work = workMillis.applyAsLong(second) * MILLI;
                long interval = FLUSH_MILLIS * MILLI * stretch.factor();
                assertThat(stretch.worked(work)).isEqualTo(work > interval);
                // The next flush is at a multiple of the interval.
                nowNanos += Math.max(1, (work + interval - 1) / interval) * interval;
                stretch.check(nowNanos);
            }
            factors.add(stretch.factor());
        }
        return factors;
    }

    private static int changes(List<Integer> factors) {
        int changes = 0;
        for (int i = 1; i < factors.size(); i++) {
            changes += factors.get(i).equals(factors.get(i - 1)) ? 0 : 1;
        }
        return changes;
    }

    private static List<Integer> repeat(int factor, int seconds) {
        return new ArrayList<>(Collections.nCopies(seconds, factor));
    }

    @SafeVarargs
    private static List<Integer> concat(List<Integer>... parts) {
        List<Integer> all = new ArrayList<>();
        for (List<Integer> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
