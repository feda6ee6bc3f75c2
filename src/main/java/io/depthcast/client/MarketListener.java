package io.depthcast.client;

import io.depthcast.book.Candle;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.ListedInstrument;
import java.util.List;

/** Hears the market data of a connection, in the order sent and the same in every encoding. */
public interface MarketListener {
    default void onBook(BookMessage book) {}

    default void onBestBidOffer(BestBidOfferMessage bestBidOffer) {}

    default void onTrades(TradesMessage trades) {}

    default void onCandle(Candle candle) {}

    default void onTicker(TickerMessage ticker) {}

    /** @param timeMicros when the gateway made it, microseconds since 1970 */
    default void onHeartbeat(FeedStatus feed, long timeMicros) {}

    /** @param instruments all that the client may see: after every welcome, and whole again after a change */
    default void onInstruments(List<ListedInstrument> instruments) {}

    /** @param timeMicros when the status began, microseconds since 1970 */
    default void onStatus(int instrumentId, InstrumentStatus status, long timeMicros) {}
}
