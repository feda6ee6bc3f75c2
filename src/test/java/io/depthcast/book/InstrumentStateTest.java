package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InstrumentStateTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final Instrument INSTRUMENT =
            new Instrument(4, "BTC-USD", StepSize.parse("0.1"), StepSize.parse("0.0001"));

    private final InstrumentState state = new InstrumentState(INSTRUMENT);

    @Test
    void shouldAnswerEveryStreamFromTheVersionBeforeATrade() {
        Levels asks = new Levels(new long[] {101, 102}, new long[] {3, 5});
        state.replace(EPOCH, 10, Snapshots.of(INSTRUMENT, Levels.NONE, asks, 10, EPOCH, 6));
        state.applyLevel(Side.ASK, 101, 1, 12, EPOCH + 7);
        state.applyTrade(Side.BID, 101, 2, 7, null, 13, EPOCH + 7);

        Levels changed = new Levels(new long[] {101}, new long[] {1});
        Levels now = new Levels(new long[] {101, 102}, new long[] {1, 5});
        int checksum = BookChecksum.of(now, Levels.NONE);
        assertThat(state.book(100).since(EPOCH, 10))
                .isEqualTo(new BookUpdate(4, 100, EPOCH, 10, 12, EPOCH + 7, checksum, Levels.NONE, changed));
        assertThat(state.best().since(EPOCH, 10)).isEqualTo(new BestBidOffer(4, EPOCH, 12, EPOCH + 7, 0, 0, 101, 1));
        assertThat(state.tape().since(EPOCH, 6))
                .isEqualTo(new Trades(4, EPOCH, 0, List.of(new Trade(7, EPOCH + 7, Side.BID, 101, 2))));
        assertThat(state.candles(CandleInterval.ONE_MINUTE).since(EPOCH, 10))
                .containsExactly(new Candle(4, CandleInterval.ONE_MINUTE, EPOCH, 101, 101, 101, 101, 2, 1, false));
    }

    @Test
    void shouldCloseCandlesWithoutAnEventOfItsOwn() {
        state.replace(EPOCH, 10, Snapshots.of(INSTRUMENT, Levels.NONE, Levels.NONE, 10, EPOCH, 0));
        state.applyTrade(Side.BID, 101, 2, 1, null, 13, EPOCH + 7);
        state.advance(EPOCH + 1_000_000, 20);

        assertThat(state.candles(CandleInterval.ONE_SECOND).version()).isEqualTo(20);
        assertThat(state.candles(CandleInterval.ONE_MINUTE).version()).isEqualTo(13);
    }

    @Test
    void shouldStartEveryStreamAnewInAnotherEpoch() {
        state.replace(EPOCH, 10, Snapshots.of(INSTRUMENT, Levels.NONE, Levels.NONE, 10, EPOCH, 0));
        state.applyTrade(Side.BID, 101, 2, 1, null, 13, EPOCH + 7);
        state.replace(EPOCH + 1, 3, Snapshots.of(INSTRUMENT, Levels.NONE, Levels.NONE, 3, EPOCH, 2));

        for (Versioned<?> stream :
                List.of(state.book(10), state.best(), state.tape(), state.candles(CandleInterval.ONE_SECOND))) {
            assertThat(stream.epoch()).isEqualTo(EPOCH + 1);
        }
        assertThat(state.book(10).version()).isEqualTo(3);
        assertThat(state.best().version()).isEqualTo(3);
        assertThat(state.tape().version()).isEqualTo(2);
        assertThat(state.candles(CandleInterval.ONE_SECOND).version()).isZero();
    }
}
