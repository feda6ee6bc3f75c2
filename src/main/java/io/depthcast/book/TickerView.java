package io.depthcast.book;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The ticker of an instrument: put together when somebody asks, from its candles and its best prices. */
final class TickerView implements Versioned<Ticker> {
    private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);
    private static final int CANDLES = (int) (DAY_MICROS / CandleInterval.FIVE_MINUTES.micros());

    private final BestView best;
    private final Tape tape;
    private final CandleSeries candles;

    TickerView(BestView best, Tape tape, CandleSeries candles) {
        this.best = best;
        this.tape = tape;
        this.candles = candles;
    }

    @Override
    public long epoch() {
        return best.epoch();
    }

    @Override
    public long version() {
        return Math.max(best.version(), candles.version());
    }

    @Override
    public @Nullable Ticker since(long epoch, long heldVersion) {
        long version = version();
        return version == 0 || (epoch == epoch() && heldVersion == version) ? null : now();
    }

    private Ticker now() {
        BestBidOffer prices = best.changes(0);
        List<Trade> newest = tape.recent(1).trades();
        long timeMicros = newest.isEmpty()
                ? prices.timeMicros()
                : Math.max(prices.timeMicros(), newest.get(0).timeMicros());
        List<Candle> recent = candles.recent(CANDLES);
        long lastTicks =
                recent.isEmpty() ? Ticker.NONE : recent.get(recent.size() - 1).closeTicks();
        long openTicks = Ticker.NONE;
        long highTicks = Ticker.NONE;
        long lowTicks = Long.MAX_VALUE;
        long volumeLots = 0;
        long trades = 0;
        for (Candle candle : recent) {
            if (candle.startMicros() > timeMicros - DAY_MICROS) {
                openTicks = openTicks == Ticker.NONE ? candle.openTicks() : openTicks;
                highTicks = Math.max(highTicks, candle.highTicks());
                lowTicks = Math.min(lowTicks, candle.lowTicks());
                volumeLots += candle.volumeLots();
                trades += candle.trades();
            }
        }
        return new Ticker(
                prices.instrumentId(),
                timeMicros,
                lastTicks,
                openTicks,
                highTicks,
                trades == 0 ? Ticker.NONE : lowTicks,
                volumeLots < 0 ? Long.MAX_VALUE : volumeLots,
                trades,
                prices);
    }
}
