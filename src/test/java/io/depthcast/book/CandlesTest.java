package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CandlesTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final long SECOND = 1_000_000;

    private final Candles candles = new Candles(4);
    private final CandleSeries seconds = candles.of(CandleInterval.ONE_SECOND);

    CandlesTest() {
        candles.startFrom(EPOCH, 0);
    }

    @Test
    void shouldHaveNothingToTellBeforeTheFirstTrade() {
        candles.advance(EPOCH + 5 * SECOND, 9);

        assertThat(seconds.version()).isZero();
        assertThat(seconds.since(0, 0)).isNull();
        assertThat(seconds.since(EPOCH, 3)).isNull();
        assertThat(seconds.recent(10)).isEmpty();
    }

    @Test
    void shouldGatherTheTradesOfOneInterval() {
        candles.trade(EPOCH + 10, 100, 1, 1);
        candles.trade(EPOCH + 20, 107, 2, 2);
        candles.trade(EPOCH + 30, 95, 3, 4);
        candles.trade(EPOCH + SECOND - 1, 98, 4, 9);

        assertThat(seconds.since(EPOCH, 4)).containsExactly(second(0, 100, 107, 95, 98, 10, 4, false));
        assertThat(candles.of(CandleInterval.ONE_HOUR).since(EPOCH, 0))
                .containsExactly(new Candle(4, CandleInterval.ONE_HOUR, EPOCH, 100, 107, 95, 98, 10, 4, false));
        assertThat(seconds.since(EPOCH, 9)).isNull();
    }

    @Test
    void shouldCloseACandleWithTheFirstTradeOfALaterInterval() {
        candles.trade(EPOCH, 100, 1, 1);
        candles.trade(EPOCH + 3 * SECOND, 101, 2, 2);

        assertThat(seconds.since(EPOCH, 1))
                .containsExactly(second(0, 100, 100, 100, 100, 1, 1, true), second(3, 101, 101, 101, 101, 2, 1, false));
    }

    @Test
    void shouldCloseACandleWhenTheClockOfTheFeedPassesItsEnd() {
        candles.trade(EPOCH, 100, 1, 1);
        candles.advance(EPOCH + SECOND - 1, 2);
        assertThat(seconds.since(EPOCH, 1)).isNull();

        candles.advance(EPOCH + SECOND, 3);
        assertThat(seconds.version()).isEqualTo(3);
        assertThat(seconds.since(EPOCH, 1)).containsExactly(second(0, 100, 100, 100, 100, 1, 1, true));

        candles.advance(EPOCH + 9 * SECOND, 4);
        assertThat(seconds.version()).isEqualTo(3);
        candles.trade(EPOCH + 9 * SECOND, 105, 1, 5);
        assertThat(seconds.since(EPOCH, 3)).containsExactly(second(9, 105, 105, 105, 105, 1, 1, false));
    }

    @Test
    void shouldNotCloseACandleAtTheVersionOfItsLastTrade() {
        candles.trade(EPOCH, 100, 1, 7);
        candles.advance(EPOCH + 2 * SECOND, 7);
        assertThat(seconds.since(EPOCH, 7)).isNull();

        candles.advance(EPOCH + 2 * SECOND, 8);
        assertThat(seconds.since(EPOCH, 7)).containsExactly(second(0, 100, 100, 100, 100, 1, 1, true));
    }

    @Test
    void shouldTellTheNewestCandleToWhoeverHoldsAnUnknownVersion() {
        candles.trade(EPOCH, 100, 1, 1);
        candles.trade(EPOCH + SECOND, 101, 2, 2);
        List<Candle> newest = List.of(second(1, 101, 101, 101, 101, 2, 1, false));

        assertThat(seconds.since(0, 0)).isEqualTo(newest);
        assertThat(seconds.since(EPOCH - 1, 2)).isEqualTo(newest);
        assertThat(seconds.since(EPOCH, 3)).isEqualTo(newest);
    }

    @Test
    void shouldStartAnewInAnotherEpoch() {
        candles.trade(EPOCH, 100, 1, 1);
        candles.startFrom(EPOCH + 1, 0);
        assertThat(seconds.recent(10)).isEmpty();
        assertThat(seconds.since(EPOCH, 0)).isNull();
        candles.trade(EPOCH, 102, 1, 1);
        assertThat(seconds.since(EPOCH, 1)).containsExactly(second(0, 102, 102, 102, 102, 1, 1, false));
    }

    private static Candle second(
            int start, long open, long high, long low, long close, long volume, long trades, boolean closed) {
        return new Candle(
                4, CandleInterval.ONE_SECOND, EPOCH + start * SECOND, open, high, low, close, volume, trades, closed);
    }
}
