package io.depthcast.source;

import org.jspecify.annotations.Nullable;

/** One message of the stream: a change of a book, a trade, or something else. Filled again and again; one thread. */
final class BinanceEvent {
    final LevelTexts bids = new LevelTexts();
    final LevelTexts asks = new LevelTexts();
    final Decimal price = new Decimal();
    final Decimal size = new Decimal();
    String type = "";
    String symbol = "";
    long eventMillis;
    long tradeMillis;
    long firstUpdateId;
    long lastUpdateId;
    long tradeId;
    boolean buyerIsMaker;

    /** Of a reply to a command; null where it is none. */
    @Nullable
    Long replyId;

    /** Of a reply that is no success. */
    boolean isError;

    void clear() {
        bids.clear();
        asks.clear();
        type = "";
        symbol = "";
        eventMillis = 0;
        tradeMillis = 0;
        firstUpdateId = 0;
        lastUpdateId = 0;
        tradeId = 0;
        buyerIsMaker = false;
        replyId = null;
        isError = false;
    }
}
