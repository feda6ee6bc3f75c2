package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.CandleInterval;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a follower hears while events go missing, and when the feed begins a new epoch. */
class FeedRepairTest {
    private static final StreamKey BOOK = Follower.book(1);
    private static final StreamKey TAPE = new StreamKey(1, View.Single.TRADES);
    private static final StreamKey CANDLES = new StreamKey(1, new View.Candles(CandleInterval.ONE_SECOND));
    private static final StreamKey BBO = new StreamKey(1, View.Single.BBO);

    private final FanoutBench bench = new FanoutBench(1, 1);
    private final HandFeed feed = new HandFeed(7, 1);
    private final Follower alice = new Follower(bench.loop(0), Form.SBE);

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @Test
    void shouldAnswerNothingBeforeTheFirstSnapshot() {
        assertThat(bench.apply(feed.bid(1, 999, 1).take())).isEqualTo(Books.Applied.GAP);
        bench.flush();
        assertThat(bench.shards.get(0).books().isWhole()).isFalse();
        bench.replace(feed.snapshot());
        assertThat(bench.shards.get(0).books().isWhole()).isTrue();
        alice.follow(BOOK);
        bench.flush();
        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>2"));
    }

    @Test
    void shouldAnswerNothingAcrossAGapUntilItIsMendedAndThenGoOnWithDeltas() {
        follow(BOOK);
        EventBatch lost = feed.bid(1, 999, 5).bid(1, 998, 0).take();
        assertThat(bench.apply(feed.bid(1, 997, 5).take())).isEqualTo(Books.Applied.GAP);
        bench.flush();
        assertThat(bench.apply(feed.bid(1, 996, 5).take())).isEqualTo(Books.Applied.GAP);
        bench.flush();
        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1"));

        bench.replace(feed.snapshot());
        bench.flush();
        bench.flushWith(feed.bid(1, 995, 5).take());
        assertThat(alice.take()).isEqualTo(List.of("delta 1 1>5", "delta 1 5>6"));
        assertThat(bench.apply(lost)).isEqualTo(Books.Applied.OLD);
    }

    @Test
    void shouldIgnoreOldBatchesAndTheOldPartOfABatch() {
        follow(BOOK);
        EventBatch first = feed.bid(1, 999, 5).take();
        bench.flushWith(first);
        assertThat(bench.apply(first)).isEqualTo(Books.Applied.OLD);
        bench.replace(new HandFeed(7, 1).snapshot());
        bench.flush();
        assertThat(bench.apply(feed.take())).isEqualTo(Books.Applied.APPLIED);

        HandFeed again = new HandFeed(7, 1);
        bench.flushWith(again.bid(1, 999, 5).bid(1, 998, 6).take());
        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2", "delta 1 2>3"));
    }

    /** Which a log begins whose feed knew nothing of the one before, and whose clock was set back. */
    @Test
    void shouldGoOnInAnEarlierEpochWhereTheFeedDoes() {
        follow(BOOK);
        HandFeed earlier = new HandFeed(6, 1);
        assertThat(bench.apply(earlier.bid(1, 999, 5).take())).isEqualTo(Books.Applied.GAP);
        bench.replace(earlier.snapshot());
        bench.flush(FanoutBench.PATIENCE + 1);
        bench.flushWith(earlier.bid(1, 999, 6).take());
        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1", "snapshot 1 0>2", "delta 1 2>3"));
    }

    @Test
    void shouldTellTheTradesOfAGapOnceItIsMended() {
        follow(TAPE);
        bench.flushWith(feed.trade(1, 1_000).take());
        feed.trade(1, 1_000).trade(1, 1_001).take();
        assertThat(bench.apply(feed.trade(1, 1_002).take())).isEqualTo(Books.Applied.GAP);
        bench.replace(feed.snapshot());
        bench.flush();
        bench.flushWith(feed.trade(1, 1_003).take());
        assertThat(alice.take())
                .isEqualTo(List.of("trades 1 [1] missed 0", "trades 1 [2, 3, 4] missed 0", "trades 1 [5] missed 0"));
    }

    @Test
    void shouldBeginANewEpochWithASnapshotOfTheBook() {
        follow(BOOK);
        follow(BBO);
        bench.flushWith(feed.bid(1, 999, 5).take());
        HandFeed next = newEpoch();
        bench.flush();
        bench.flushWith(next.bid(1, 999, 6).take());
        assertThat(alice.take())
                .containsExactlyInAnyOrder(
                        "snapshot 1 0>1", "bbo 1 @1 999/1000",
                        "delta 1 1>2", "bbo 1 @2 999/1000",
                        "snapshot 1 0>1", "bbo 1 @1 999/1000",
                        "delta 1 1>2", "bbo 1 @2 999/1000");
    }

    @Test
    void shouldGoOnWithTheTapeInANewEpochWithWhatComesNext() {
        follow(TAPE);
        bench.flushWith(feed.trade(1, 1_000).trade(1, 1_001).take());
        HandFeed next = newEpoch();
        bench.flush(2);
        bench.flushWith(next.trade(1, 1_000).take());
        bench.flushWith(next.trade(1, 1_000).trade(1, 1_000).take());
        assertThat(alice.take())
                .isEqualTo(List.of("trades 1 [1, 2] missed 0", "trades 1 [1] missed 0", "trades 1 [2, 3] missed 0"));
    }

    @Test
    void shouldServeAnInstrumentOnceTheFeedHasIt() {
        Follower other = new Follower(bench.loop(0), Form.SBE);
        HandFeed grown = new HandFeed(8, 3);
        bench.replace(feed.snapshot());
        Subscription given = alice.follow(Follower.book(3));
        other.follow(Follower.book(3));
        bench.flush(2);
        assertThat(bench.shards.get(0).demands()).isEqualTo(1);
        bench.loop(0).audience().leave(alice, given);
        bench.replace(grown.snapshot());
        bench.flush();

        assertThat(other.take()).isEqualTo(List.of("snapshot 3 0>1"));
        assertThat(alice.take()).isEmpty();
    }

    @Test
    void shouldGoOnWithTheTapeInANewEpochForWhoIsNotDueYet() {
        alice.follow(TAPE, 0, 0, 10);
        bench.replace(feed.snapshot());
        bench.flush();
        bench.flushWith(feed.trade(1, 1_000).take());
        HandFeed next = newEpoch();
        for (int flush = 0; flush < 20; flush++) {
            bench.flushWith(next.trade(1, 1_000).take());
        }
        List<String> heard = alice.take();
        assertThat(heard.get(0)).isEqualTo("trades 1 [1, 2, 3, 4, 5, 6, 7] missed 1");
        assertThat(heard).hasSize(2).last().asString().contains("missed 0").doesNotContain("[]");
    }

    @Test
    void shouldStartANewcomersTapeWithWhatComesNext() {
        bench.replace(feed.snapshot());
        bench.flushWith(feed.trade(1, 1_000).take());
        alice.follow(TAPE);
        bench.flush();
        bench.flushWith(feed.trade(1, 1_001).take());
        assertThat(alice.take()).isEqualTo(List.of("trades 1 [2] missed 0"));
    }

    @Test
    void shouldGoOnWithCandlesInANewEpoch() {
        follow(CANDLES);
        bench.flushWith(feed.trade(1, 1_000).trade(1, 1_001).take());
        HandFeed next = newEpoch();
        bench.flush(2);
        bench.flushWith(next.trade(1, 1_002).take());
        bench.flushWith(next.trade(1, 1_003).take());
        assertThat(alice.take())
                .isEqualTo(List.of("candle 1001 2 trades", "candle 1002 1 trades", "candle 1003 2 trades"));
    }

    @Test
    void shouldCloseACandleByTheClockOfItsSourceAlone() {
        follow(CANDLES);
        bench.flushWith(feed.trade(1, 1_000).take());
        for (int event = 0; event < 1_000; event++) {
            feed.bid(1, 990, 1 + event);
        }
        bench.flushWith(feed.take());
        assertThat(alice.take()).isEqualTo(List.of("candle 1000 1 trades"));
        bench.flushWith(feed.time().take());
        bench.flushWith(feed.trade(1, 1_001).take());
        assertThat(alice.take()).isEqualTo(List.of("candle 1000 1 trades closed", "candle 1001 1 trades"));
    }

    private void follow(StreamKey key) {
        if (!bench.shards.get(0).books().isWhole()) {
            bench.replace(feed.snapshot());
        }
        alice.follow(key);
        bench.flush();
    }

    private HandFeed newEpoch() {
        HandFeed next = new HandFeed(8, 1);
        assertThat(bench.apply(next.take())).isEqualTo(Books.Applied.GAP);
        bench.flush();
        bench.replace(next.snapshot());
        return next;
    }
}
