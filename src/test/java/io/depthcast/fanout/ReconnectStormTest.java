package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Thousands of clients that come back at once with the versions they held. */
class ReconnectStormTest {
    private static final int CLIENTS = 5_000;
    private static final int LOOPS = 3;
    private static final int SHARDS = 2;
    private static final int BOOKS = 4;
    private static final long EPOCH = 7;

    private final FanoutBench bench = new FanoutBench(SHARDS, LOOPS);
    private final HandFeed feed = new HandFeed(EPOCH, BOOKS);
    private final List<Follower> clients = new ArrayList<>();

    ReconnectStormTest() {
        bench.replace(feed.snapshot());
        for (int change = 1; change <= 3; change++) {
            changeEveryBook(change);
        }
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @Test
    void shouldEncodeEachStreamOnceForAllThatComeBackTogether() {
        for (int i = 0; i < CLIENTS; i++) {
            comeBack(i);
        }
        bench.flush();

        assertThat(List.of(bench.encodings, bench.deflations)).isEqualTo(List.of(BOOKS, BOOKS));
        assertThat(bench.deliveries()).isEqualTo(CLIENTS);
        List<String> merged = List.of("delta 1 2>10", "delta 2 3>11", "delta 3 4>12", "delta 4 5>13");
        assertThat(clients).allSatisfy(client -> assertThat(client.take()).containsExactlyInAnyOrderElementsOf(merged));
    }

    @Test
    void shouldEncodeEachStreamOnceAFlushForThoseWhoTrickleIn() {
        int flushes = 10;
        for (int i = 0; i < CLIENTS; i++) {
            comeBack(i);
            if ((i + 1) % (CLIENTS / flushes) == 0) {
                changeEveryBook(100 + i);
                bench.flush();
            }
        }
        // Those who are back already share another.
        assertThat(bench.encodings).isLessThanOrEqualTo(2 * flushes * BOOKS);
        int before = bench.encodings;
        changeEveryBook(1);
        bench.flush();
        assertThat(bench.encodings - before).isEqualTo(BOOKS);
        assertThat(clients).allSatisfy(client -> assertThat(client.take()).hasSizeGreaterThanOrEqualTo(2 * BOOKS));
    }

    /** With the versions that the first change of each book made. */
    private void comeBack(int i) {
        Follower client = new Follower(bench.loop(i % LOOPS), Form.SBE_DEFLATED);
        for (int book = 1; book <= BOOKS; book++) {
            client.follow(Follower.book(book), EPOCH, 1 + book, 1);
        }
        clients.add(client);
    }

    private void changeEveryBook(long sizeLots) {
        for (int book = 1; book <= BOOKS; book++) {
            feed.bid(book, 999, sizeLots);
        }
        bench.apply(feed.take());
    }
}
