package io.depthcast.book;

/**
 * What an instrument did in the 24 hours before its newest event, in steps of five minutes, and its best prices.
 *
 * @param timeMicros when that event happened, microseconds since 1970
 * @param lastTicks price of the newest trade, {@link #NONE} before the first; however old it is
 * @param openTicks price of the oldest trade of these hours, {@link #NONE} if there is none; likewise the highest and lowest
 * @param trades number of trades in these hours
 */
public record Ticker(
        int instrumentId,
        long timeMicros,
        long lastTicks,
        long openTicks,
        long highTicks,
        long lowTicks,
        long volumeLots,
        long trades,
        BestBidOffer best) {
    /** No price: what SBE says for null. */
    public static final long NONE = Long.MIN_VALUE;
}
