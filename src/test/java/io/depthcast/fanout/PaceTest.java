package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals from one flush to a minute, and what overload makes of them. */
class PaceTest {
    private static final StreamKey BOOK = Follower.book(1);
    private static final int MINUTE = 60_000 / FanoutBench.FLUSH_MILLIS;

    private final FanoutBench bench = new FanoutBench(1, 2);
    private final HandFeed feed = new HandFeed(7, 2);
    private final List<Follower> followers = new ArrayList<>();

    PaceTest() {
        bench.replace(feed.snapshot());
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @ParameterizedTest(name = "every {0} flushes")
    @ValueSource(ints = {1, 2, 5, 7, 50, MINUTE})
    void shouldEncodeOnceAnIntervalHoweverDifferentTheTimesOfJoining(int cadence) {
        Random random = new Random(cadence);
        int joining = Math.min(3 * cadence, 60);
        for (int flush = 0; flush < joining; flush++) {
            follow(cadence);
            follow(cadence);
            changeMaybe(random);
        }
        // Up to the end of the interval in which the last one joined, and the next, where the versions have met.
        while (bench.flushNumber() % cadence != 0) {
            changeMaybe(random);
        }
        change();
        int before = bench.encodings;
        followers.forEach(Follower::take);
        int heard = 0;
        for (int flush = 0; flush < 3 * cadence; flush++) {
            change();
            heard += followers.get(0).take().size();
            assertThat(bench.encodings - before).isEqualTo(heard);
        }
        assertThat(heard).isEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldLeaveTheIntervalBetweenTwoUpdatesOfAQuietBook(int seed) {
        Random random = new Random(seed);
        int cadence = 2 + random.nextInt(9);
        Follower follower = follow(cadence);
        bench.flush();
        assertThat(follower.take()).hasSize(1);
        long last = 0;
        long changedFlush = 0;
        for (int flush = 0; flush < 500; flush++) {
            boolean changes = random.nextInt(2 * cadence) == 0;
            if (changes) {
                change();
                changedFlush = changedFlush == 0 ? bench.flushNumber() : changedFlush;
            } else {
                bench.flush();
            }
            if (!follower.take().isEmpty()) {
                assertThat(bench.flushNumber() - last).isGreaterThanOrEqualTo(cadence);
                assertThat(bench.flushNumber() - changedFlush).isLessThan(cadence);
                last = bench.flushNumber();
                changedFlush = 0;
            }
        }
        assertThat(last).isPositive();
    }

    @Test
    void shouldChangeFromAMinuteToEveryFlushAtOnce() {
        Subscription subscription = follower().follow(BOOK, 0, 0, MINUTE);
        Follower follower = followers.get(0);
        bench.flush();
        change();
        assertThat(follower.take()).isEqualTo(List.of("snapshot 1 0>1"));

        changePace(follower, subscription, 1);
        bench.flush();
        assertThat(follower.take()).isEqualTo(List.of("delta 1 1>2"));
        change();
        assertThat(follower.take()).isEqualTo(List.of("delta 1 2>3"));
    }

    @Test
    void shouldLeaveNothingAtTheShardOfThoseWhoLeftOrChanged() {
        List<Subscription> subscriptions = new ArrayList<>();
        for (int cadence = 1; cadence <= 20; cadence++) {
            subscriptions.add(follower().follow(BOOK, 0, 0, cadence));
        }
        bench.flush(2);
        for (int round = 1; round <= 50; round++) {
            for (int i = 0; i < subscriptions.size(); i++) {
                Subscription subscription = subscriptions.get(i);
                changePace(followers.get(i), subscription, 1 + (subscription.cadence() + round) % 40);
            }
            bench.flush();
            assertThat(bench.shards.get(0).demands()).isLessThanOrEqualTo(20);
        }
        int before = bench.encodings;
        for (int i = 0; i < subscriptions.size(); i++) {
            bench.loop(0).audience().leave(followers.get(i), subscriptions.get(i));
        }
        change();
        bench.flush();
        assertThat(bench.shards.get(0).demands()).isZero();
        assertThat(bench.encodings).isEqualTo(before);
    }

    @ParameterizedTest(name = "times {0}")
    @ValueSource(ints = {2, 3, 4, 6, 8, 12, 16})
    void shouldServeAllOfAStretchedLoopTogetherAndTheOtherLoopAsEver(int stretch) {
        Follower elsewhere = new Follower(bench.loop(1), Form.SBE);
        elsewhere.follow(BOOK);
        bench.loop(0).audience().stretch(stretch);
        for (int i = 0; i < 20; i++) {
            follow(i % 2 == 0 ? 1 : 3);
            change();
        }
        bench.flush(2 * stretch);
        followers.forEach(Follower::take);
        elsewhere.take();
        for (int flush = 0; flush < 48; flush++) {
            change();
            boolean due = bench.flushNumber() % stretch == 0;
            boolean dueSlowly = bench.flushNumber() % Flushes.stretched(3, stretch) == 0;
            for (int i = 0; i < 20; i++) {
                assertThat(followers.get(i).take()).hasSize((i % 2 == 0 ? due : dueSlowly) ? 1 : 0);
            }
            assertThat(elsewhere.take()).hasSize(1);
        }

        bench.loop(0).audience().stretch(1);
        for (int flush = 0; flush < stretch; flush++) {
            change();
        }
        followers.forEach(Follower::take);
        change();
        assertThat(followers.get(0).take()).hasSize(1);
    }

    @Test
    void shouldServeNewcomersOfAStretchedLoopAtOnce() {
        bench.loop(0).audience().stretch(16);
        for (int i = 0; i < 5; i++) {
            Follower newcomer = follow(1);
            bench.flush();
            assertThat(newcomer.take()).isEqualTo(List.of("snapshot 1 0>1"));
        }
    }

    private Follower follower() {
        Follower follower = new Follower(bench.loop(0), Form.SBE);
        followers.add(follower);
        return follower;
    }

    private Follower follow(int cadence) {
        Follower follower = follower();
        follower.follow(BOOK, 0, 0, cadence);
        return follower;
    }

    private void change() {
        bench.flushWith(feed.bid(1, 999, 100 + bench.flushNumber()).take());
    }

    private void changeMaybe(Random random) {
        if (random.nextBoolean()) {
            change();
        } else {
            bench.flush();
        }
    }

    /** As a session does it. */
    private void changePace(Follower follower, Subscription subscription, int cadence) {
        bench.loop(0).audience().changePace(follower, subscription, cadence, bench.nowNanos());
    }
}
