package io.depthcast.client;

import io.depthcast.book.BookShapes;
import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.Trade;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.SbeSchema;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads binary messages of subprotocol {@code depthcast.v1.sbe}. Messages of unknown templates, fields beyond a known block
 * and whatever follows the known groups are skipped, for they are a newer gateway's.
 */
public final class SbeDecoder {
    private static final int HEADERS_BYTES = SbeSchema.FRAMING_BYTES + SbeSchema.HEADER_BYTES;

    private final MarketListener listener;

    public SbeDecoder(MarketListener listener) {
        this.listener = listener;
    }

    /** @param frame the payload of a binary WebSocket message; neither consumed nor released */
    public DecodeResult decode(ByteBuf frame) {
        int at = frame.readerIndex();
        try {
            do {
                at = decodeOne(frame, at);
            } while (at < frame.writerIndex());
            return DecodeResult.DECODED;
        } catch (RefusedException e) {
            return e.result();
        }
    }

    private int decodeOne(ByteBuf frame, int at) throws RefusedException {
        int available = frame.writerIndex() - at;
        if (available < HEADERS_BYTES) {
            throw new RefusedException(DecodeResult.TRUNCATED);
        }
        long total = frame.getUnsignedInt(at);
        if (frame.getUnsignedShort(at + Integer.BYTES) != SbeSchema.FRAMING_TYPE || total < HEADERS_BYTES) {
            throw new RefusedException(DecodeResult.BAD_FRAMING);
        }
        if (total > available) {
            throw new RefusedException(DecodeResult.TRUNCATED);
        }
        int end = at + (int) total;
        decodeMessage(new SbeCursor(frame, at + SbeSchema.FRAMING_BYTES, end));
        return end;
    }

    private void decodeMessage(SbeCursor in) throws RefusedException {
        int blockLength = in.uint16();
        int template = in.uint16();
        int schema = in.uint16();
        int version = in.uint16();
        if (schema != SbeSchema.ID || version < SbeSchema.FIRST_VERSION) {
            throw new RefusedException(DecodeResult.WRONG_SCHEMA);
        }
        switch (template) {
            case SbeSchema.BOOK_SNAPSHOT -> decodeBook(in, blockLength, true);
            case SbeSchema.BOOK_DELTA -> decodeBook(in, blockLength, false);
            case SbeSchema.BEST_BID_OFFER -> decodeBestBidOffer(in, blockLength);
            case SbeSchema.TRADES -> decodeTrades(in, blockLength);
            case SbeSchema.CANDLE -> decodeCandle(in, blockLength);
            case SbeSchema.HEARTBEAT -> decodeHeartbeat(in, blockLength);
            case SbeSchema.INSTRUMENTS -> listener.onInstruments(SbeListing.read(in, blockLength));
            case SbeSchema.INSTRUMENT_STATUS -> decodeStatus(in, blockLength);
            case SbeSchema.TICKER -> decodeTicker(in, blockLength);
            default -> {
                // A newer gateway's.
            }
        }
    }

    private void decodeBook(SbeCursor in, int blockLength, boolean isSnapshot) throws RefusedException {
        int end = in.enter(blockLength, SbeSchema.BOOK_BYTES);
        int instrumentId = in.natural32();
        int checksum = in.bits32();
        long epoch = in.natural64();
        long previous = in.natural64();
        long sequence = in.natural64();
        long timeMicros = in.natural64();
        long sentMicros = in.natural64();
        boolean hasTerms = blockLength >= SbeSchema.GROUPED_BOOK_BYTES;
        int depth = hasTerms ? in.uint16() : SbeSchema.NO_UINT16;
        int group = hasTerms ? in.uint16() : SbeSchema.NO_UINT16;
        boolean grouped = group != SbeSchema.NO_UINT16;
        in.leave(end);
        Levels bids = decodeLevels(in);
        Levels asks = decodeLevels(in);
        BookMessage book = new BookMessage(
                instrumentId,
                grouped ? depth : 0,
                grouped ? group : BookShapes.NO_GROUP,
                epoch,
                previous,
                sequence,
                timeMicros,
                sentMicros,
                checksum,
                bids,
                asks);
        if (book.isSnapshot() != isSnapshot) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        listener.onBook(book);
    }

    private static Levels decodeLevels(SbeCursor in) throws RefusedException {
        int entryLength = in.uint16();
        int entries = in.uint16();
        in.requireEntries(entries, Math.max(entryLength, SbeSchema.LEVEL_BYTES));
        long[] priceTicks = new long[entries];
        long[] sizeLots = new long[entries];
        for (int i = 0; i < entries; i++) {
            int end = in.enter(entryLength, SbeSchema.LEVEL_BYTES);
            priceTicks[i] = in.int64();
            sizeLots[i] = in.natural64();
            in.leave(end);
        }
        return new Levels(priceTicks, sizeLots);
    }

    private void decodeBestBidOffer(SbeCursor in, int blockLength) throws RefusedException {
        int end = in.enter(blockLength, SbeSchema.BEST_BID_OFFER_BYTES);
        BestBidOfferMessage bestBidOffer = new BestBidOfferMessage(
                in.natural32(), in.natural64(), in.natural64(), in.int64(), in.natural64(), in.int64(), in.natural64());
        in.leave(end);
        listener.onBestBidOffer(bestBidOffer);
    }

    private void decodeTrades(SbeCursor in, int blockLength) throws RefusedException {
        int blockEnd = in.enter(blockLength, SbeSchema.TRADES_BYTES);
        int instrumentId = in.natural32();
        long missed = in.natural64();
        in.leave(blockEnd);
        int entryLength = in.uint16();
        int entries = in.uint16();
        in.requireEntries(entries, Math.max(entryLength, SbeSchema.TRADE_BYTES));
        List<Trade> trades = new ArrayList<>(entries);
        for (int i = 0; i < entries; i++) {
            int end = in.enter(entryLength, SbeSchema.TRADE_BYTES);
            long id = in.natural64();
            long timeMicros = in.natural64();
            long priceTicks = in.int64();
            long sizeLots = in.natural64();
            Side taker = in.choice(2) == 0 ? Side.BID : Side.ASK;
            String venueId =
                    entryLength < SbeSchema.NAMED_TRADE_BYTES ? null : in.paddedAscii(SbeSchema.VENUE_ID_BYTES);
            in.leave(end);
            trades.add(new Trade(id, timeMicros, taker, priceTicks, sizeLots, venueId));
        }
        listener.onTrades(new TradesMessage(instrumentId, missed, trades));
    }

    private void decodeCandle(SbeCursor in, int blockLength) throws RefusedException {
        int end = in.enter(blockLength, SbeSchema.CANDLE_BYTES);
        Candle candle = new Candle(
                in.natural32(),
                interval(in.natural32()),
                in.natural64(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.natural64(),
                in.natural64(),
                in.choice(2) == 1);
        in.leave(end);
        listener.onCandle(candle);
    }

    private static CandleInterval interval(int seconds) throws RefusedException {
        CandleInterval interval = CandleInterval.ofSeconds(seconds);
        if (interval == null) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return interval;
    }

    private void decodeTicker(SbeCursor in, int blockLength) throws RefusedException {
        int end = in.enter(blockLength, SbeSchema.TICKER_BYTES);
        TickerMessage ticker = new TickerMessage(
                in.natural32(),
                in.natural64(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.natural64(),
                in.natural64(),
                in.int64(),
                in.natural64(),
                in.int64(),
                in.natural64());
        in.leave(end);
        listener.onTicker(ticker);
    }

    private void decodeHeartbeat(SbeCursor in, int blockLength) throws RefusedException {
        int end = in.enter(blockLength, SbeSchema.HEARTBEAT_BYTES);
        long timeMicros = in.natural64();
        FeedStatus feed =
                switch (in.choice(3)) {
                    case 0 -> FeedStatus.LIVE;
                    case 1 -> FeedStatus.STALE;
                    default -> FeedStatus.HALTED;
                };
        in.leave(end);
        listener.onHeartbeat(feed, timeMicros);
    }

    private void decodeStatus(SbeCursor in, int blockLength) throws RefusedException {
        int end = in.enter(blockLength, SbeSchema.INSTRUMENT_STATUS_BYTES);
        int instrumentId = in.natural32();
        long timeMicros = in.natural64();
        InstrumentStatus status = SbeListing.status(in);
        in.leave(end);
        listener.onStatus(instrumentId, status, timeMicros);
    }
}
