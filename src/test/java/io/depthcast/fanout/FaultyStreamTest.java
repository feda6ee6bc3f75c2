package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A book that an encoding cannot write: whoever does not take it in that encoding notices nothing. */
class FaultyStreamTest {
    private final FanoutBench bench = new FanoutBench(1, 1);
    private final HandFeed feed = new HandFeed(7, 2);
    private final Follower compact = new Follower(bench.loop(0), Form.COMPACT);
    private final Follower json = new Follower(bench.loop(0), Form.JSON);
    private final Follower elsewhere = new Follower(bench.loop(0), Form.COMPACT);

    FaultyStreamTest() {
        bench.replace(feed.snapshot());
        compact.follow(Follower.book(1));
        json.follow(Follower.book(1));
        elsewhere.follow(Follower.book(2));
        bench.flush();
        compact.take();
        json.take();
        elsewhere.take();
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @Test
    void shouldServeTheOtherFormsAndStreamsInTheSameFlush() {
        bench.flushWith(feed.bid(1, 999, -5).bid(2, 999, 5).take());
        bench.flushWith(feed.bid(1, 998, 7).bid(2, 999, 6).take());
        assertThat(json.take()).isEqualTo(List.of("json", "json"));
        assertThat(elsewhere.take()).isEqualTo(List.of("compact", "compact"));
        assertThat(compact.take()).isEmpty();
        assertThat(bench.failures).isEqualTo(List.of(Follower.book(1)));
    }

    @Test
    void shouldGoOnOnceItCanBeWrittenAgainAndTryOnceASecondUntilThen() {
        bench.flushWith(feed.bid(1, 999, -5).take());
        bench.flush(3 * FlushTurn.RETRY);
        assertThat(bench.failures).hasSize(4);
        bench.flushWith(feed.bid(1, 999, 5).take());
        bench.flush(FlushTurn.RETRY);
        assertThat(compact.take()).isEqualTo(List.of("compact"));
        bench.flushWith(feed.bid(1, 999, 6).take());
        assertThat(compact.take()).isEqualTo(List.of("compact"));
        assertThat(bench.failures).hasSize(4);
    }
}
