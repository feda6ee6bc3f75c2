package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shards and gateway loops together, flush by flush. */
class FanoutTest {
    private static final StreamKey BOOK = Follower.book(1);
    private static final long EPOCH = 7;

    private final FanoutBench bench = new FanoutBench(1, 3);
    private final HandFeed feed = new HandFeed(EPOCH, 2);
    private final Follower alice = new Follower(bench.loop(0), Form.SBE_DEFLATED);
    private final Follower bob = new Follower(bench.loop(0), Form.SBE_DEFLATED);

    FanoutTest() {
        bench.replace(feed.snapshot());
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @Test
    void shouldTellWhoKeepsUpEveryChangeAndNothingWhereNothingChanges() {
        alice.follow(BOOK);
        bench.flush(3);
        bench.flushWith(feed.bid(1, 999, 5).take());
        bench.flushWith(feed.ask(2, 1_000, 5).take());
        bench.flushWith(feed.bid(1, 999, 6).ask(1, 1_000, 7).take());
        bench.flush();

        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2", "delta 1 2>5"));
        assertThat(bench.encodings).isEqualTo(3);
    }

    @Test
    void shouldEncodeAndDeflateOnceForAThousandClientsOnThreeLoops() {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Follower follower = new Follower(bench.loop(i % 3), Form.SBE_DEFLATED);
            follower.follow(BOOK);
            follower.follow(Follower.book(2));
            followers.add(follower);
        }
        bench.flush();
        assertThat(List.of(bench.encodings, bench.deflations)).isEqualTo(List.of(2, 2));

        for (int flush = 1; flush <= 5; flush++) {
            bench.flushWith(feed.bid(1, 999, flush).ask(2, 1_000, flush).take());
            assertThat(List.of(bench.encodings, bench.deflations)).isEqualTo(List.of(2 + 2 * flush, 2 + 2 * flush));
            assertThat(bench.deliveries()).isEqualTo(1_000 * (1L + flush));
        }
        assertThat(followers).allSatisfy(follower -> {
            assertThat(follower.messagesMade).isEqualTo(1);
            assertThat(follower.take()).hasSize(12);
        });
        assertThat(List.of(bench.loop(0).batches, bench.loop(1).batches, bench.loop(2).batches))
                .isEqualTo(List.of(6, 6, 6));
    }

    @Test
    void shouldServeOneIntervalTogetherWhenItsMultipleComes() {
        Follower late = new Follower(bench.loop(1), Form.SBE_DEFLATED);
        alice.follow(BOOK, 0, 0, 5);
        bench.flush();
        late.follow(BOOK, 0, 0, 5);
        bench.flush();
        assertThat(List.of(alice.take(), late.take()))
                .isEqualTo(List.of(List.of("snapshot 1 0>1"), List.of("snapshot 1 0>1")));
        int before = bench.encodings;

        List<List<String>> heard = new ArrayList<>();
        while (bench.flushNumber() < 1_015) {
            bench.flushWith(feed.bid(1, 999, bench.flushNumber()).take());
            List<String> now = alice.take();
            assertThat(late.take()).isEqualTo(now);
            heard.add(now);
        }
        List<String> none = List.of();
        assertThat(heard)
                .isEqualTo(List.of(
                        none,
                        none,
                        List.of("delta 1 1>4"),
                        none,
                        none,
                        none,
                        none,
                        List.of("delta 1 4>9"),
                        none,
                        none,
                        none,
                        none,
                        List.of("delta 1 9>14")));
        assertThat(bench.encodings - before).isEqualTo(3);
    }

    @Test
    void shouldSendOnlyOneAnswerWhereTwoPacesAreDueTogether() {
        alice.follow(BOOK);
        bob.follow(BOOK, 0, 0, 5);
        bench.flush(4);
        bench.flushWith(feed.bid(1, 999, 5).take());

        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2"));
        assertThat(bob.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2"));
        assertThat(bench.encodings).isEqualTo(2);
    }

    @Test
    void shouldMergeWhatASubscriberWithoutRoomHasMissed() {
        Subscription slow = alice.follow(BOOK);
        bob.follow(BOOK);
        bench.flush();
        alice.room = false;
        bench.flushWith(feed.bid(1, 999, 5).take());
        bench.flushWith(feed.bid(1, 999, 6).take());
        bench.flushWith(feed.bid(1, 998, 7).take());
        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1"));
        assertThat(slow.version()).isEqualTo(1);

        alice.room = true;
        bench.loop(0).audience().ask(alice, slow, bench.nowNanos());
        bench.loop(0).audience().ask(alice, slow, bench.nowNanos());
        bench.flush();
        bench.flushWith(feed.bid(1, 998, 8).take());
        assertThat(alice.take()).isEqualTo(List.of("delta 1 1>4", "delta 1 4>5"));
        assertThat(bob.take())
                .isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2", "delta 1 2>3", "delta 1 3>4", "delta 1 4>5"));
    }

    @Test
    void shouldSkipALoopThatHasNotTakenItsLastBatch() {
        Follower remote = new Follower(bench.loop(1), Form.SBE_DEFLATED);
        alice.follow(BOOK);
        remote.follow(BOOK);
        bench.flush();
        bench.loop(1).stuck = true;
        for (int flush = 1; flush <= 5; flush++) {
            bench.flushWith(feed.bid(1, 999, flush).take());
            assertThat(bench.loop(1).waitingBatches()).isEqualTo(1);
        }
        assertThat(alice.take()).hasSize(6);

        bench.loop(1).stuck = false;
        bench.flush(2);
        assertThat(remote.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2", "delta 1 2>6"));
    }

    @Test
    void shouldBringEveryVersionToTheSameOneAndShareTheSnapshots() {
        long[][] held = {{0, 0}, {EPOCH, 2}, {EPOCH, 3}, {EPOCH - 1, 3}, {0, 0}, {EPOCH, 2}};
        List<String> expected = List.of(
                "snapshot 1 0>4", "delta 1 2>4", "delta 1 3>4", "snapshot 1 0>4", "snapshot 1 0>4", "delta 1 2>4");
        bench.apply(feed.bid(1, 999, 1).bid(1, 998, 2).bid(1, 997, 3).take());
        List<String> answers = new ArrayList<>();
        List<Follower> followers = new ArrayList<>();
        for (long[] version : held) {
            Follower follower = new Follower(bench.loop(followers.size() % 3), Form.SBE_DEFLATED);
            followers.add(follower);
            follower.follow(BOOK, version[0], version[1], 1);
        }
        bench.flush();

        followers.forEach(follower -> answers.addAll(follower.take()));
        assertThat(answers).isEqualTo(expected);
        assertThat(bench.encodings).isEqualTo(3);
    }

    @Test
    void shouldServeTwoFormsAskedAtOneVersionWhileAnAnswerIsOnItsWay() {
        Follower json = new Follower(bench.loop(0), Form.JSON);
        alice.follow(BOOK);
        bench.flush();
        bench.loop(0).stuck = true;
        bench.flushWith(feed.bid(1, 999, 5).take());
        json.follow(BOOK, EPOCH, 1, 1);
        bob.follow(BOOK, EPOCH, 1, 1);
        bench.loop(0).stuck = false;
        bench.loop(0).run();
        assertThat(List.of(alice.take(), json.take()))
                .isEqualTo(List.of(List.of("snapshot 1 0>1", "delta 1 1>2"), List.of()));

        bench.flush(2);
        bench.flushWith(feed.bid(1, 999, 6).take());
        assertThat(alice.take()).isEqualTo(List.of("delta 1 2>3"));
        assertThat(json.take()).isEqualTo(List.of("json", "json"));
    }

    @Test
    void shouldNotMissWhoLeavesWhileAnAnswerIsOnItsWay() {
        Subscription leaving = alice.follow(BOOK);
        bob.follow(BOOK);
        bench.flush();
        bench.loop(0).stuck = true;
        bench.flushWith(feed.bid(1, 999, 5).take());
        bench.loop(0).audience().leave(alice, leaving);
        bench.loop(0).audience().leave(alice, leaving);
        bench.loop(0).stuck = false;
        bench.flushWith(feed.bid(1, 999, 6).take());
        bench.flush();

        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1"));
        assertThat(bob.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2", "delta 1 2>3"));
    }

    @Test
    void shouldServeWhoReturnsToAStreamThatNobodyFollowed() {
        bench.loop(0).audience().leave(alice, alice.follow(BOOK));
        bench.flush(2);
        assertThat(alice.take()).isEmpty();
        bob.follow(BOOK);
        bench.flushWith(feed.bid(1, 999, 5).take());
        bench.flushWith(feed.bid(1, 999, 6).take());
        assertThat(bob.take()).isEqualTo(List.of("snapshot 1 0>2", "delta 1 2>3"));
    }

    @Test
    void shouldForgetALoopThatIsGoneAndServeTheOthers() {
        Follower remote = new Follower(bench.loop(1), Form.SBE_DEFLATED);
        remote.follow(BOOK);
        alice.follow(BOOK);
        bench.flush();
        bench.lose(bench.loop(1));
        for (int flush = 1; flush <= 3; flush++) {
            bench.flushWith(feed.bid(1, 999, flush).take());
        }

        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2", "delta 1 2>3", "delta 1 3>4"));
        assertThat(remote.take()).isEqualTo(List.of("snapshot 1 0>1"));
    }

    @Test
    void shouldServeTheOthersWhenOneSubscriberFails() {
        alice.follow(BOOK);
        alice.follow(Follower.book(2));
        bob.follow(BOOK);
        bench.flush();
        alice.broken = true;
        bench.flushWith(feed.bid(1, 999, 5).bid(2, 999, 5).take());

        assertThat(alice.take()).containsExactlyInAnyOrder("snapshot 1 0>1", "snapshot 2 0>1", "failed");
        assertThat(bob.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2"));
    }

    @Test
    void shouldNeverAnswerWhatNoInstrumentHas() {
        alice.follow(Follower.book(99));
        alice.follow(new StreamKey(1, View.Single.BBO));
        bench.flush(2);
        assertThat(alice.take()).isEqualTo(List.of("bbo 1 @1 999/1000"));
    }
}
