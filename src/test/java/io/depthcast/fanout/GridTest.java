package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import io.depthcast.wire.FrameEncoder;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grid of ticks, and at which of them a shard answers whom: here a flush is four of them. */
class GridTest {
    private static final int USUAL = 4;
    private static final int STRETCHED = 5;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final FanoutBench encodings = new FanoutBench(1, 1);
    private final FrameEncoder encoder = new FrameEncoder(allocator, encodings);
    private final Shard shard = new Shard(0, 1, encoder, 150, (key, cause) -> {
        throw cause;
    });

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        encoder.close();
        encodings.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "7, 4", "10, 4", "20, 4", "25, 5", "33, 8", "100, 20", "997, 200", "1000, 200"})
    void shouldDivideAFlushIntoEqualTicks(int flushMillis, int ticks) {
        Flushes flushes = Flushes.every(flushMillis);
        assertThat(flushes.ticks()).isEqualTo(ticks);
        assertThat(flushes.tickNanos() * ticks).isEqualTo(TimeUnit.MILLISECONDS.toNanos(flushMillis));
        assertThat(flushes.millis(ticks)).isEqualTo(flushMillis);
    }

    @Test
    void shouldRoundEveryIntervalUpToAMultipleOfTheStretchedOne() {
        Flushes flushes = Flushes.every(20);
        assertThat(flushes.millis(Flushes.stretched(flushes.cadence(1), 5))).isEqualTo(25);
        assertThat(flushes.millis(Flushes.stretched(flushes.cadence(100), 5))).isEqualTo(100);
        assertThat(flushes.millis(Flushes.stretched(flushes.cadence(100), 7))).isEqualTo(105);
    }

    @Test
    void shouldWakeAtTheTicksOfStretchedLoopsBesideTheUsual() {
        shard.replace(new HandFeed(7, 2).snapshot());
        assertThat(shard.nextTick(0, USUAL)).isEqualTo(4);
        ask("stretched", STRETCHED);
        ask("usual", USUAL);
        List<Long> ticks = new ArrayList<>();
        for (long tick = 0; tick < 20; tick = shard.nextTick(tick, USUAL)) {
            ticks.add(tick);
        }
        assertThat(ticks).containsExactly(0L, 4L, 5L, 8L, 10L, 12L, 15L, 16L);
    }

    @Test
    void shouldAnswerAtItsTickWhoHasOneAndAtTheUsualOnesWhoHasNone() {
        shard.replace(new HandFeed(7, 2).snapshot());
        ask("stretched", STRETCHED, new Ask(Follower.book(1), 0, 0, Form.JSON.bit(), 5, STRETCHED));
        ask("usual", USUAL, new Ask(Follower.book(2), 0, 0, Form.JSON.bit(), 0, USUAL));
        assertThat(answered(3, false)).isEmpty();
        assertThat(answered(5, false)).containsExactly("stretched 1");
        assertThat(answered(8, true)).containsExactly("usual 2");
    }

    @Test
    void shouldAnswerWhoAsksTooLateAtTheNextTick() {
        shard.replace(new HandFeed(7, 2).snapshot());
        assertThat(answered(5, false)).isEmpty();
        ask("late", STRETCHED, new Ask(Follower.book(1), 0, 0, Form.JSON.bit(), 5, STRETCHED));
        assertThat(shard.nextTick(5, USUAL)).isEqualTo(6);
        assertThat(answered(6, false)).containsExactly("late 1");
        assertThat(shard.nextTick(6, USUAL)).isEqualTo(8);
    }

    private void ask(String loop, int stretch, Ask... asks) {
        shard.ask(new Asks(loop, stretch, true, List.of(asks)));
    }

    private List<String> answered(long tick, boolean usual) {
        List<String> answered = new ArrayList<>();
        for (Shard.Parcel parcel : shard.flush(tick, usual, 1)) {
            for (FrameBatch.Answer answer : parcel.batch().answers()) {
                answered.add(parcel.loop() + ' ' + answer.ask().key().instrumentId());
            }
            parcel.batch().release();
            ask(parcel.loop(), parcel.loop().equals("usual") ? USUAL : STRETCHED);
        }
        return answered;
    }
}
