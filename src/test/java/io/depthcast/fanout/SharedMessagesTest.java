package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages of several frames that many clients of one loop take. */
class SharedMessagesTest {
    private final FanoutBench bench = new FanoutBench(1, 1);
    private final HandFeed feed = new HandFeed(7, 2);

    SharedMessagesTest() {
        bench.replace(feed.snapshot());
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @Test
    void shouldDeflateTogetherWhatManyTakeUnlessTheFlushIsStretched() {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Follower follower = new Follower(bench.loop(0), Form.SBE_DEFLATED);
            follower.follow(Follower.book(1));
            follower.follow(Follower.book(2));
            followers.add(follower);
        }
        bench.flush();
        moveBothBooks(1);
        List<Integer> sizes = sizes(followers);
        bench.loop(0).audience().stretch(2);
        moveBothBooks(2);

        assertThat(sizes).hasSize(2);
        assertThat(sizes(followers)).hasSize(1).allMatch(bytes -> bytes > Collections.min(sizes));
        assertThat(followers).allSatisfy(follower -> assertThat(follower.take()).hasSize(6));
    }

    private void moveBothBooks(int lots) {
        for (int i = 0; i < 8; i++) {
            feed.bid(1, 990 + i, lots).bid(2, 990 + i, lots);
        }
        bench.flushWith(feed.take());
    }

    /** The different sizes of the last messages. */
    private static List<Integer> sizes(List<Follower> followers) {
        return followers.stream()
                .map(follower -> follower.messageBytes)
                .distinct()
                .toList();
    }
}
