package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickerViewTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final long MINUTE = 60_000_000L;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final Instrument ACME = new Instrument(4, "ACME", StepSize.parse("0.1"), StepSize.parse("1"));

    private final InstrumentState state = new InstrumentState(ACME);
    private long sequence = 1;
    private long tradeId;

    TickerViewTest() {
        state.startFrom(ACME, EPOCH, sequence, EPOCH, 0);
    }

    private void trade(long timeMicros, long priceTicks, long sizeLots) {
        state.applyTrade(Side.BID, priceTicks, sizeLots, ++tradeId, null, ++sequence, timeMicros);
    }

    @Test
    void shouldSayNothingOfTradesBeforeThereAreAny() {
        state.applyLevel(Side.BID, 99, 5, ++sequence, EPOCH + 7);

        Ticker ticker = state.ticker().since(0, 0);
        assertThat(ticker)
                .isEqualTo(new Ticker(
                        4,
                        EPOCH + 7,
                        Ticker.NONE,
                        Ticker.NONE,
                        Ticker.NONE,
                        Ticker.NONE,
                        0,
                        0,
                        new BestBidOffer(4, EPOCH, 2, EPOCH + 7, 99, 5, 0, 0)));
    }

    @Test
    void shouldBeToldAnewWhenAPriceOrATradeHasChanged() {
        Versioned<Ticker> ticker = state.ticker();
        trade(EPOCH, 100, 1);
        assertThat(ticker.version()).isEqualTo(2);
        assertThat(ticker.since(EPOCH, 1)).isNotNull();
        assertThat(ticker.since(EPOCH, 2)).isNull();
        state.applyLevel(Side.ASK, 101, 5, ++sequence, EPOCH + 7);
        assertThat(ticker.version()).isEqualTo(3);
        assertThat(ticker.since(EPOCH, 2).best().askPriceTicks()).isEqualTo(101);
    }

    @Test
    void shouldRememberTheLastPriceWhenItsDayIsOver() {
        trade(EPOCH, 100, 1);
        state.applyLevel(Side.BID, 99, 5, ++sequence, EPOCH + DAY + 5 * MINUTE);

        Ticker ticker = state.ticker().since(0, 0);
        assertThat(List.of(
                        ticker.lastTicks(), ticker.openTicks(), ticker.highTicks(), ticker.lowTicks(), ticker.trades()))
                .isEqualTo(List.of(100L, Ticker.NONE, Ticker.NONE, Ticker.NONE, 0L));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldAddUpTheTradesOfADay(long seed) {
        record Print(long timeMicros, long priceTicks, long sizeLots) {}
        SplittableRandom random = new SplittableRandom(seed);
        List<Print> all = new ArrayList<>();
        long timeMicros = EPOCH;
        for (int i = 0; i < 3_000; i++) {
            timeMicros += random.nextLong(4 * MINUTE);
            Print print = new Print(timeMicros, random.nextLong(1, 1_000), random.nextLong(1, 50));
            all.add(print);
            trade(print.timeMicros(), print.priceTicks(), print.sizeLots());
            if (i % 97 == 0) {
                long now = timeMicros;
                // Whole steps of five minutes that begin within the day.
                List<Print> day = all.stream()
                        .filter(each -> each.timeMicros() - each.timeMicros() % (5 * MINUTE) > now - DAY)
                        .toList();
                Ticker ticker = state.ticker().since(0, 0);
                assertThat(ticker)
                        .as("seed %d, trade %d", seed, i)
                        .isEqualTo(new Ticker(
                                4,
                                now,
                                print.priceTicks(),
                                day.get(0).priceTicks(),
                                day.stream().mapToLong(Print::priceTicks).max().orElseThrow(),
                                day.stream().mapToLong(Print::priceTicks).min().orElseThrow(),
                                day.stream().mapToLong(Print::sizeLots).sum(),
                                day.size(),
                                ticker.best()));
            }
        }
    }
}
