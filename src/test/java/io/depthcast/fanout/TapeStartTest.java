package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tape tells whatever comes next, from the first flush on: that start is kept, whatever becomes of the ask. */
class TapeStartTest {
    private static final StreamKey TAPE = new StreamKey(1, View.Single.TRADES);
    private static final int FIVE_SECONDS = 5_000 / FanoutBench.FLUSH_MILLIS;

    private final FanoutBench bench = new FanoutBench(1, 1);
    private final HandFeed feed = new HandFeed(7, 1);
    private final Follower alice = new Follower(bench.loop(0), Form.SBE);
    private final Audience audience = bench.loop(0).audience();

    TapeStartTest() {
        bench.replace(feed.snapshot());
        bench.flushWith(feed.trade(1, 1_000).take());
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        bench.close();
    }

    @Test
    void shouldTellTheTradesFromBeforeAChangeOfPace() {
        Subscription tape = alice.follow(TAPE, 0, 0, FIVE_SECONDS);
        bench.flush();
        trade(50);
        audience.changePace(alice, tape, 1, bench.nowNanos());
        bench.flush();
        trade(1);
        assertThat(told()).isEqualTo(51);
    }

    @Test
    void shouldTellTheTradesForWhichThereWasNoRoomAtFirst() {
        Subscription tape = alice.follow(TAPE);
        bench.flush();
        alice.room = false;
        trade(5);
        alice.room = true;
        audience.ask(alice, tape, bench.nowNanos());
        bench.flush();
        trade(1);
        assertThat(told()).isEqualTo(6);
    }

    @Test
    void shouldHoldTheNewestTradeFromTheFirstFlushOn() {
        Subscription tape = alice.follow(TAPE);
        bench.flush();
        assertThat(List.of(tape.epoch(), tape.version())).isEqualTo(List.of(7L, 1L));
        assertThat(alice.take()).isEmpty();
    }

    @Test
    void shouldStartATapeWithoutAnyTradeWithTheFirst() {
        FanoutBench empty = new FanoutBench(1, 1);
        HandFeed silent = new HandFeed(8, 1);
        empty.replace(silent.snapshot());
        Follower bob = new Follower(empty.loop(0), Form.SBE);
        Subscription tape = bob.follow(TAPE);
        empty.flush();
        bob.room = false;
        empty.flushWith(silent.trade(1, 1_000).take());
        bob.room = true;
        empty.loop(0).audience().ask(bob, tape, empty.nowNanos());
        empty.flush();
        assertThat(bob.take()).isEqualTo(List.of("trades 1 [1] missed 0"));
        empty.close();
    }

    private void trade(int times) {
        for (int i = 0; i < times; i++) {
            bench.flushWith(feed.trade(1, 1_000).take());
        }
    }

    /** How many trades, none of which was missed or came twice. */
    private long told() {
        List<String> messages = alice.take();
        assertThat(messages).allMatch(message -> message.endsWith("missed 0"));
        List<String> ids = messages.stream()
                .map(message -> message.substring(message.indexOf('[') + 1, message.indexOf(']')))
                .flatMap(some -> List.of(some.split(", ")).stream())
                .toList();
        assertThat(ids).first().isEqualTo("2");
        assertThat(ids).doesNotHaveDuplicates();
        return ids.size();
    }
}
