package io.depthcast.client;

/**
 * What an instrument did in the last 24 hours. Prices are {@link io.depthcast.book.Ticker#NONE} where there is none.
 *
 * @param timeMicros when the newest event happened, microseconds since 1970
 * @param trades number of trades in these hours
 */
public record TickerMessage(
        int instrumentId,
        long timeMicros,
        long lastTicks,
        long openTicks,
        long highTicks,
        long lowTicks,
        long volumeLots,
        long trades,
        long bidPriceTicks,
        long bidSizeLots,
        long askPriceTicks,
        long askSizeLots) {}
