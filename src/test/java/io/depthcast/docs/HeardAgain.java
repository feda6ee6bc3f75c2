package io.depthcast.docs;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trades;
import io.depthcast.client.BestBidOfferMessage;
import io.depthcast.client.BookMessage;
import io.depthcast.client.MarketListener;
import io.depthcast.client.TickerMessage;
import io.depthcast.client.TradesMessage;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.ListedInstrument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** What was heard, and the bytes that the encoder makes of it. */
final class HeardAgain implements MarketListener {
    final List<Object> messages = new ArrayList<>();
    final List<String> bytesAgain = new ArrayList<>();

    @Override
    public void onBook(BookMessage book) {
        messages.add(book);
        boolean isGrouped = book.group() > 1;
        BookUpdate update = new BookUpdate(
                1,
                book.depth(),
                book.group(),
                book.epoch(),
                book.previous(),
                book.sequence(),
                book.timeMicros(),
                book.checksum(),
                told(
                        book.bids(),
                        book.isSnapshot()
                                ? 0
                                : isGrouped ? DocumentedCompactTest.BEST_GROUPED_BID : DocumentedCompactTest.BEST_BID),
                told(
                        book.asks(),
                        book.isSnapshot()
                                ? 0
                                : isGrouped ? DocumentedCompactTest.BEST_GROUPED_ASK : DocumentedCompactTest.BEST_ASK));
        ByteBuf out = Unpooled.buffer();
        Encodings.COMPACT.encode(update, DocumentedCompactTest.BITCOIN, book.sentMicros(), out);
        bytesAgain.add(ByteBufUtil.hexDump(out));
    }

    private static Levels told(Levels side, long heldBestTicks) {
        long[] priceTicks = new long[side.count()];
        long[] sizeLots = new long[side.count()];
        for (int i = 0; i < side.count(); i++) {
            priceTicks[i] = side.priceTicks(i);
            sizeLots[i] = side.sizeLots(i);
        }
        return new Levels(priceTicks, sizeLots, heldBestTicks);
    }

    @Override
    public void onBestBidOffer(BestBidOfferMessage best) {
        messages.add(best);
        bytesAgain.add(DocumentedCompactTest.encoded(new BestBidOffer(
                1,
                1,
                best.sequence(),
                best.timeMicros(),
                best.bidPriceTicks(),
                best.bidSizeLots(),
                best.askPriceTicks(),
                best.askSizeLots())));
    }

    @Override
    public void onTrades(TradesMessage trades) {
        messages.add(trades);
        bytesAgain.add(DocumentedCompactTest.encoded(new Trades(1, 1, trades.missed(), trades.trades())));
    }

    @Override
    public void onCandle(Candle candle) {
        messages.add(candle);
        ByteBuf out = Unpooled.buffer();
        Encodings.COMPACT.encode(candle, DocumentedCompactTest.BITCOIN, out);
        bytesAgain.add(ByteBufUtil.hexDump(out));
    }

    @Override
    public void onHeartbeat(FeedStatus feed, long timeMicros) {
        messages.add(feed + " " + timeMicros);
        ByteBuf out = Unpooled.buffer();
        Encodings.COMPACT.encodeHeartbeat(feed, timeMicros, out);
        bytesAgain.add(ByteBufUtil.hexDump(out));
    }

    @Override
    public void onTicker(TickerMessage ticker) {
        messages.add(ticker);
        BestBidOffer best = new BestBidOffer(
                1,
                1,
                1,
                ticker.timeMicros(),
                ticker.bidPriceTicks(),
                ticker.bidSizeLots(),
                ticker.askPriceTicks(),
                ticker.askSizeLots());
        Ticker again = new Ticker(
                1,
                ticker.timeMicros(),
                ticker.lastTicks(),
                ticker.openTicks(),
                ticker.highTicks(),
                ticker.lowTicks(),
                ticker.volumeLots(),
                ticker.trades(),
                best);
        ByteBuf out = Unpooled.buffer();
        Encodings.COMPACT.encode(again, DocumentedCompactTest.BITCOIN, out);
        bytesAgain.add(ByteBufUtil.hexDump(out));
    }

    @Override
    public void onStatus(int instrumentId, InstrumentStatus status, long timeMicros) {
        messages.add(instrumentId + " " + status + " " + timeMicros);
        ByteBuf out = Unpooled.buffer();
        Encodings.COMPACT.encodeStatus(DocumentedCompactTest.BITCOIN, status, timeMicros, out);
        bytesAgain.add(ByteBufUtil.hexDump(out));
    }

    @Override
    public void onInstruments(List<ListedInstrument> instruments) {
        messages.add(instruments);
    }
}
