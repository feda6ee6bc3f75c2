package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a socket says in the middle of a write to it comes back into the audience later, or is refused. */
class ReentranceTest {
    private static final StreamKey BOOK = Follower.book(1);

    private final FanoutBench bench = new FanoutBench(1, 1);
    private final HandFeed feed = new HandFeed(7, 1);
    private final Follower alice = new Follower(bench.loop(0), Form.SBE);

    ReentranceTest() {
        bench.replace(feed.snapshot());
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @Test
    void shouldAskOnceForWhoGetsRoomWhileItIsSentTo() {
        Audience audience = bench.loop(0).audience();
        Subscription subscription = alice.follow(BOOK);
        alice.whileSending = () -> audience.later(() -> audience.ask(alice, subscription, bench.nowNanos()));
        bench.flush(3);
        bench.flushWith(feed.bid(1, 999, 5).take());
        bench.flushWith(feed.bid(1, 999, 6).take());

        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1", "delta 1 1>2", "delta 1 2>3"));
        assertThat(bench.encodings).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatComesUpFromBelowInTheMiddleOfADelivery() {
        Audience audience = bench.loop(0).audience();
        Subscription present = alice.follow(BOOK);
        Subscription other = new Subscription(BOOK, 1);
        List<Runnable> calls = List.of(
                () -> audience.ask(alice, present, bench.nowNanos()),
                () -> audience.askNow(alice, present),
                () -> audience.join(alice, other, 0, 0),
                () -> audience.leave(alice, present),
                () -> audience.startAnew(alice, present),
                () -> audience.changePace(alice, present, 5, bench.nowNanos()),
                () -> audience.deliver(List.of(), bench.nowNanos()));
        List<Throwable> refused = new ArrayList<>();
        alice.whileSending = () -> calls.forEach(call -> refused.add(catchThrowable(call::run)));
        bench.flush(2);
        assertThat(refused).hasSize(calls.size()).allMatch(IllegalStateException.class::isInstance);
        assertThat(alice.take()).isEqualTo(List.of("snapshot 1 0>1"));
    }
}
