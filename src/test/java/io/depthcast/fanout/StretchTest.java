package io.depthcast.fanout;

import static io.depthcast.fanout.PlayedLoop.MILLI;
import static io.depthcast.fanout.PlayedLoop.SECOND;
import static io.depthcast.fanout.PlayedLoop.changes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A loop whose flushes cost what a test says, on time that the test makes. */
class StretchTest {
    private final PlayedLoop loop = new PlayedLoop(1, 0);

    @Test
    void shouldLeaveALoopAloneThatKeepsUp() {
        assertThat(Set.copyOf(loop.run(60, millis(18)))).containsExactly(20.0);
    }

    @Test
    void shouldStretchJustSoFarThatTheWorkFits() {
        loop.run(10, millis(21));
        // 21 of 20 ms is too much, of 25 ms it is 84 %.
        assertThat(Set.copyOf(loop.run(60, millis(21)))).containsExactly(25.0);
    }

    @Test
    void shouldTakeAnyLengthOnTheGrid() {
        loop.run(10, millis(61));
        // 61 of 65 ms is 94 %.
        assertThat(Set.copyOf(loop.run(60, millis(61)))).containsExactly(65.0);
    }

    @Test
    void shouldStretchAtOnceWhereAFlushIsLongerThanTheInterval() {
        assertThat(loop.run(1.2, millis(23)).get(0)).isEqualTo(20);
        assertThat(loop.millis()).isEqualTo(25);
    }

    @Test
    void shouldAtMostDoubleAtOnce() {
        assertThat(List.copyOf(new LinkedHashSet<>(loop.run(40, millis(5_000)))))
                .containsExactly(40.0, 80.0, 160.0, 320.0);
    }

    @Test
    void shouldNotStretchForOneLongFlush() {
        loop.run(5, millis(2));
        loop.run(0.001, millis(700));
        assertThat(Set.copyOf(loop.run(20, millis(2)))).containsExactly(20.0);
    }

    @Test
    void shouldComeBackAtOnceAsFarAsTheWorkAllows() {
        loop.run(20, millis(1_000));
        List<Double> intervals = loop.run(60, millis(60));
        assertThat(changes(intervals)).isEqualTo(1);
        // 60 of 70 ms is 86 %.
        assertThat(loop.millis()).isEqualTo(70);
    }

    @Test
    void shouldComeBackWhereAShorterIntervalHasLessToTell() {
        PlayedLoop.Work growing = (second, millis) -> (long) ((9 + 0.3 * millis) * MILLI);
        loop.run(10, millis(36));
        assertThat(loop.millis()).isEqualTo(40);
        loop.run(20, growing);
        assertThat(loop.millis()).isEqualTo(20);
    }

    @Test
    void shouldChangeEverMoreSeldomUnderALoadThatComesAndGoes() {
        PlayedLoop.Work waves = (second, millis) -> (second % 12 < 4 ? 25 : 1) * MILLI;
        assertThat(changes(loop.run(60, waves))).isBetween(3, 8);
        loop.run(240, waves);
        assertThat(changes(loop.run(120, waves))).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldNotTakeAWaitForAnotherWhichPassesForWork() {
        List<Double> intervals = loop.run(30, new Played(12, 0, 0) {
            @Override
            public double waited(double second) {
                return second % 6 < 2.5 ? 0.9 : 0;
            }
        });
        assertThat(Set.copyOf(intervals)).containsExactly(20.0);
    }

    @Test
    void shouldMakeRoomForANeighbourWhoStays() {
        assertThat(Set.copyOf(loop.run(25, new Played(16, 0.5, 0)))).containsExactly(20.0);
        loop.run(35, new Played(16, 0.5, 0));
        // 24 ms with all its waits.
        assertThat(Set.copyOf(loop.run(60, new Played(16, 0.5, 0)))).containsExactly(30.0);
    }

    @Test
    void shouldCountWhatATransportDoesAfterTheFlush() {
        loop.run(60, new Played(8, 0, 0) {
            @Override
            public double rest(double second) {
                return 16.0 / loop.millis();
            }
        });
        // 8 and 16 ms for each flush.
        assertThat(loop.millis()).isBetween(25.0, 30.0);
    }

    @Test
    void shouldNotStretchWhereFlushesAreHardlyAnyOfTheWork() {
        assertThat(Set.copyOf(loop.run(30, new Played(1, 0, 0.97)))).containsExactly(20.0);
    }

    @Test
    void shouldStretchNothingOnceEverybodyHasLeft() {
        loop.run(20, millis(1_000));
        assertThat(loop.millis()).isEqualTo(320);
        loop.rest(2.5);
        assertThat(loop.millis()).isEqualTo(320);
        loop.rest(3);
        assertThat(loop.millis()).isEqualTo(20);
    }

    @Test
    void shouldNotTakeTheTimeBetweenTwoSlowFlushesForCalm() {
        Stretch stretch = new Stretch(Flushes.every(1_000), 0, 0);
        long nowNanos = 0;
        int least = 0;
        for (int flush = 0; flush < 60; flush++) {
            stretch.begins(nowNanos);
            stretch.worked(20 * SECOND, 20 * SECOND);
            nowNanos += 20 * SECOND;
            stretch.check(nowNanos, nowNanos);
            assertThat(stretch.ticks()).isGreaterThanOrEqualTo(least);
            least = stretch.ticks();
        }
        assertThat(least).isEqualTo(Stretch.MAX * 200);
    }

    private static Played millis(long own) {
        return new Played(own, 0, 0);
    }

    private static class Played implements PlayedLoop.Work {
        private final long ownMillis;
        private final double waited;
        private final double rest;

        Played(long ownMillis, double waited, double rest) {
            this.ownMillis = ownMillis;
            this.waited = waited;
            this.rest = rest;
        }

        @Override
        public long own(double second, double millis) {
            return ownMillis * MILLI;
        }

        @Override
        public double waited(double second) {
            return waited;
        }

        @Override
        public double rest(double second) {
            return rest;
        }
    }
}
