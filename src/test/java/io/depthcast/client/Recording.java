package io.depthcast.client;

import io.depthcast.book.Candle;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.ListedInstrument;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it heard, in order. */
final class Recording implements MarketListener {
    final List<Object> heard = new ArrayList<>();

    /** A heartbeat as a value. */
    record Heartbeat(FeedStatus feed, long timeMicros) {}

    @Override
    public void onBook(BookMessage book) {
        heard.add(book);
    }

    @Override
    public void onBestBidOffer(BestBidOfferMessage bestBidOffer) {
        heard.add(bestBidOffer);
    }

    @Override
    public void onTrades(TradesMessage trades) {
        heard.add(trades);
    }

    @Override
    public void onCandle(Candle candle) {
        heard.add(candle);
    }

    @Override
    public void onTicker(TickerMessage ticker) {
        heard.add(ticker);
    }

    @Override
    public void onHeartbeat(FeedStatus feed, long timeMicros) {
        heard.add(new Heartbeat(feed, timeMicros));
    }

    @Override
    public void onInstruments(List<ListedInstrument> instruments) {
        heard.add(instruments);
    }

    /** A status as a value. */
    record Status(int instrumentId, InstrumentStatus status, long timeMicros) {}

    @Override
    public void onStatus(int instrumentId, InstrumentStatus status, long timeMicros) {
        heard.add(new Status(instrumentId, status, timeMicros));
    }
}
