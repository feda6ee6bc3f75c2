package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order one gateway loop serves its subscribers, and how often it writes to each. */
class FairnessTest {
    private static final int FLUSHES = 100;
    private static final int SHARDS = 3;

    private final FanoutBench bench = new FanoutBench(SHARDS, 1);
    private final HandFeed feed = new HandFeed(7, SHARDS);
    private final List<Follower> served = new ArrayList<>();

    FairnessTest() {
        bench.replace(feed.snapshot());
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @ParameterizedTest(name = "{0} subscribers")
    @ValueSource(ints = {2, 3, 8, 100, 1_000})
    void shouldServeNobodyLastForLong(int count) {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            followers.add(follower(1));
        }
        bench.flush();
        long[] placesSum = new long[count];
        int[] flushesInARowInTheLastQuarter = new int[count];
        int longest = 0;
        for (int flush = 1; flush <= FLUSHES; flush++) {
            served.clear();
            bench.flushWith(feed.bid(1, 999, flush).take());
            assertThat(served).hasSize(count).doesNotHaveDuplicates();
            for (int i = 0; i < count; i++) {
                int place = served.indexOf(followers.get(i));
                placesSum[i] += place;
                boolean late = place >= count - count / 4;
                flushesInARowInTheLastQuarter[i] = late ? flushesInARowInTheLastQuarter[i] + 1 : 0;
                longest = Math.max(longest, flushesInARowInTheLastQuarter[i]);
            }
        }

        double middle = (count - 1) / 2.0;
        assertThat(LongStream.of(placesSum).boxed()).allSatisfy(sum -> assertThat((double) sum / FLUSHES)
                .isBetween(middle - 0.05 * count, middle + 0.05 * count));
        assertThat(longest).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldWriteOnceAFlushToWhoFollowsBooksOfSeveralShards() {
        Follower one = follower(1, 2, 3);
        follower(1, 2, 3);
        bench.flush();
        assertThat(served).hasSize(2);

        served.clear();
        bench.flushWith(feed.bid(1, 999, 5).bid(2, 999, 5).bid(3, 999, 5).take());
        assertThat(served).hasSize(2);
        assertThat(one.take())
                .containsExactlyInAnyOrder(
                        "snapshot 1 0>1",
                        "snapshot 2 0>1",
                        "snapshot 3 0>1",
                        "delta 1 1>2",
                        "delta 2 1>3",
                        "delta 3 1>4");
    }

    private Follower follower(int... books) {
        Follower follower = new Follower(bench.loop(0), Form.SBE);
        for (int book : books) {
            follower.follow(Follower.book(book));
        }
        follower.whileSending = () -> served.add(follower);
        return follower;
    }
}
