package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.EventBatch;
import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that comes from a node that was faster: it waits for what it holds, and never gets anything older. */
class NodeBehindTest {
    private static final StreamKey BOOK = Follower.book(1);
    private static final long EPOCH = 7;

    private final FanoutBench bench = new FanoutBench(1, 1);
    private final HandFeed feed = new HandFeed(EPOCH, 2);
    private final Follower alice = new Follower(bench.loop(0), Form.SBE);

    NodeBehindTest() {
        bench.replace(feed.snapshot());
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @Test
    void shouldGoOnFromTheVersionThatTheNodeHadYetToReach() {
        EventBatch late = feed.bid(1, 999, 5).bid(1, 998, 6).take();
        alice.follow(BOOK, EPOCH, 3, 1);
        bench.flush(5);
        bench.flushWith(late);
        assertThat(alice.take()).isEmpty();
        bench.flushWith(feed.bid(1, 999, 7).take());
        assertThat(alice.take()).isEqualTo(List.of("delta 1 3>4"));
    }

    @Test
    void shouldTakeForCurrentWhoHoldsAVersionInWhichOnlyOtherBooksChanged() {
        bench.flushWith(feed.bid(2, 999, 5).bid(2, 998, 6).take());
        alice.follow(BOOK, EPOCH, 2, 1);
        alice.follow(new StreamKey(1, View.Single.BBO), EPOCH, 3, 1);
        bench.flush(2 * FanoutBench.PATIENCE);
        assertThat(alice.take()).isEmpty();
        bench.flushWith(feed.bid(1, 999, 7).take());
        assertThat(alice.take()).containsExactlyInAnyOrder("delta 1 2>4", "bbo 1 @4 999/1000");
    }

    @Test
    void shouldSendASnapshotWhereWhatIsHeldDoesNotComeWithinTheDeadline() {
        alice.follow(BOOK, EPOCH, 99, 1);
        bench.flush(FanoutBench.PATIENCE);
        assertThat(alice.take()).isEmpty();
        bench.flush();
        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1"));
    }

    @Test
    void shouldWaitForAnEpochThatTheNodeHasYetToHearOf() {
        HandFeed next = new HandFeed(EPOCH + 1, 2);
        alice.follow(BOOK, EPOCH + 1, 1, 1);
        bench.flush(5);
        assertThat(alice.take()).isEmpty();
        bench.replace(next.snapshot());
        bench.flush();
        assertThat(alice.take()).isEmpty();
        bench.flushWith(next.bid(1, 999, 7).take());
        assertThat(alice.take()).isEqualTo(List.of("delta 1 1>2"));
    }

    @Test
    void shouldGoOnWithTheTapeBehindTheTradeHeld() {
        StreamKey tape = new StreamKey(1, View.Single.TRADES);
        EventBatch late = feed.trade(1, 1_000).trade(1, 1_000).take();
        alice.follow(tape, EPOCH, 2, 1);
        bench.flush(2);
        bench.flushWith(late);
        bench.flushWith(feed.trade(1, 1_000).take());
        assertThat(alice.take()).isEqualTo(List.of("trades 1 [3] missed 0"));
    }
}
