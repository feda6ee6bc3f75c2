package io.depthcast.market;

import io.depthcast.book.Instrument;

/**
 * An instrument and how it trades.
 *
 * @param openingTicks fundamental price at the start, about which it wanders
 * @param orderLots median size of a limit order
 * @param depthTicks limit orders are placed up to this far from the opposite best price
 * @param volatility standard deviation of the fundamental's return over one second of market time
 * @param marketCorrelation correlation of that return with the market's, 0 to 1
 * @param activity its share of all orders
 */
record InstrumentModel(
        Instrument instrument,
        long openingTicks,
        long orderLots,
        int depthTicks,
        double volatility,
        double marketCorrelation,
        double activity) {}
