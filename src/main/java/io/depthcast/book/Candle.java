package io.depthcast.book;

/**
 * Open, high, low and close of the trades in one interval. An interval without a trade has no candle.
 *
 * @param startMicros start of the interval, microseconds since 1970, a multiple of the interval
 * @param trades number of trades, at least 1
 * @param closed whether the interval is over, so that the candle will not change again
 */
public record Candle(
        int instrumentId,
        CandleInterval interval,
        long startMicros,
        long openTicks,
        long highTicks,
        long lowTicks,
        long closeTicks,
        long volumeLots,
        long trades,
        boolean closed) {}
