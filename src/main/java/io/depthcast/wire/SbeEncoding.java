package io.depthcast.wire;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trade;
import io.depthcast.book.Trades;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary encoding: subprotocol {@code depthcast.v1.sbe}, schema {@code depthcast-sbe.xml}, each message behind a Simple
 * Open Framing Header. A group of more than {@link SbeSchema#MAX_ENTRIES} is an {@link IllegalArgumentException}.
 */
public final class SbeEncoding implements Encoding {
    @Override
    public String name() {
        return "sbe";
    }

    @Override
    public String subprotocol() {
        return "depthcast.v1.sbe";
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public void encode(BookUpdate update, Instrument instrument, long sentMicros, ByteBuf out) {
        int template = update.isSnapshot() ? SbeSchema.BOOK_SNAPSHOT : SbeSchema.BOOK_DELTA;
        boolean grouped = update.isGrouped();
        begin(
                template,
                grouped ? SbeSchema.VERSION : SbeSchema.FIRST_VERSION,
                grouped ? SbeSchema.GROUPED_BOOK_BYTES : SbeSchema.BOOK_BYTES,
                levelsBytes(update.bids()) + levelsBytes(update.asks()),
                out);
        out.writeIntLE(instrument.id());
        out.writeIntLE(update.checksum());
        out.writeLongLE(update.epoch());
        out.writeLongLE(update.previous());
        out.writeLongLE(update.sequence());
        out.writeLongLE(update.timeMicros());
        out.writeLongLE(sentMicros);
        if (grouped) {
            out.writeShortLE(update.depth());
            out.writeShortLE(update.group());
        }
        levels(update.bids(), out);
        levels(update.asks(), out);
    }

    @Override
    public void encode(BestBidOffer bbo, Instrument instrument, ByteBuf out) {
        begin(SbeSchema.BEST_BID_OFFER, SbeSchema.BEST_BID_OFFER_BYTES, 0, out);
        out.writeIntLE(instrument.id());
        out.writeLongLE(bbo.sequence());
        out.writeLongLE(bbo.timeMicros());
        out.writeLongLE(bbo.bidPriceTicks());
        out.writeLongLE(bbo.bidSizeLots());
        out.writeLongLE(bbo.askPriceTicks());
        out.writeLongLE(bbo.askSizeLots());
    }

    @Override
    public void encode(Trades trades, Instrument instrument, ByteBuf out) {
        List<Trade> list = trades.trades();
        boolean named = trades.hasVenueIds();
        int tradeBytes = named ? SbeSchema.NAMED_TRADE_BYTES : SbeSchema.TRADE_BYTES;
        int version = named ? SbeSchema.VERSION : SbeSchema.FIRST_VERSION;
        begin(SbeSchema.TRADES, version, SbeSchema.TRADES_BYTES, groupBytes(tradeBytes, list.size()), out);
        out.writeIntLE(instrument.id());
        out.writeLongLE(trades.missed());
        dimension(tradeBytes, list.size(), out);
        for (int i = 0; i < list.size(); i++) {
            Trade trade = list.get(i);
            out.writeLongLE(trade.id());
            out.writeLongLE(trade.timeMicros());
            out.writeLongLE(trade.priceTicks());
            out.writeLongLE(trade.sizeLots());
            out.writeByte(trade.taker() == Side.BID ? 0 : 1);
            if (named) {
                venueId(trade.venueId(), out);
            }
        }
    }

    private static void venueId(@Nullable String venueId, ByteBuf out) {
        int length = venueId == null ? 0 : venueId.length();
        if (length > SbeSchema.VENUE_ID_BYTES) {
            throw new IllegalArgumentException(
                    "expected a venue's id of at most " + SbeSchema.VENUE_ID_BYTES + " characters, got " + length);
        }
        if (venueId != null) {
            out.writeCharSequence(venueId, StandardCharsets.US_ASCII);
        }
        out.writeZero(SbeSchema.VENUE_ID_BYTES - length);
    }

    @Override
    public void encode(Candle candle, Instrument instrument, ByteBuf out) {
        begin(SbeSchema.CANDLE, SbeSchema.CANDLE_BYTES, 0, out);
        out.writeIntLE(instrument.id());
        out.writeIntLE(candle.interval().seconds());
        out.writeLongLE(candle.startMicros());
        out.writeLongLE(candle.openTicks());
        out.writeLongLE(candle.highTicks());
        out.writeLongLE(candle.lowTicks());
        out.writeLongLE(candle.closeTicks());
        out.writeLongLE(candle.volumeLots());
        out.writeLongLE(candle.trades());
        out.writeByte(candle.closed() ? 1 : 0);
    }

    @Override
    public void encode(Ticker ticker, Instrument instrument, ByteBuf out) {
        begin(SbeSchema.TICKER, SbeSchema.VERSION, SbeSchema.TICKER_BYTES, 0, out);
        out.writeIntLE(instrument.id());
        out.writeLongLE(ticker.timeMicros());
        out.writeLongLE(ticker.lastTicks());
        out.writeLongLE(ticker.openTicks());
        out.writeLongLE(ticker.highTicks());
        out.writeLongLE(ticker.lowTicks());
        out.writeLongLE(ticker.volumeLots());
        out.writeLongLE(ticker.trades());
        out.writeLongLE(ticker.best().bidPriceTicks());
        out.writeLongLE(ticker.best().bidSizeLots());
        out.writeLongLE(ticker.best().askPriceTicks());
        out.writeLongLE(ticker.best().askSizeLots());
    }

    @Override
    public void encodeHeartbeat(FeedStatus status, long timeMicros, ByteBuf out) {
        begin(SbeSchema.HEARTBEAT, SbeSchema.HEARTBEAT_BYTES, 0, out);
        out.writeLongLE(timeMicros);
        out.writeByte(
                switch (status) {
                    case LIVE -> 0;
                    case STALE -> 1;
                    case HALTED -> 2;
                });
    }

    @Override
    public void encodeInstruments(List<ListedInstrument> instruments, ByteBuf out) {
        int groupBytes = groupBytes(SbeSchema.INSTRUMENT_BYTES + 1, instruments.size());
        for (int i = 0; i < instruments.size(); i++) {
            groupBytes += instruments.get(i).instrument().symbol().length();
        }
        begin(SbeSchema.INSTRUMENTS, SbeSchema.VERSION, SbeSchema.INSTRUMENTS_BYTES, groupBytes, out);
        dimension(SbeSchema.INSTRUMENT_BYTES, instruments.size(), out);
        for (int i = 0; i < instruments.size(); i++) {
            Instrument instrument = instruments.get(i).instrument();
            out.writeIntLE(instrument.id());
            out.writeLongLE(instrument.tickSize().mantissa());
            out.writeByte(instrument.tickSize().exponent());
            out.writeLongLE(instrument.lotSize().mantissa());
            out.writeByte(instrument.lotSize().exponent());
            out.writeByte(StatusCodes.code(instruments.get(i).status()));
            out.writeByte(instrument.symbol().length());
            out.writeCharSequence(instrument.symbol(), StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void encodeStatus(Instrument instrument, InstrumentStatus status, long timeMicros, ByteBuf out) {
        begin(SbeSchema.INSTRUMENT_STATUS, SbeSchema.VERSION, SbeSchema.INSTRUMENT_STATUS_BYTES, 0, out);
        out.writeIntLE(instrument.id());
        out.writeLongLE(timeMicros);
        out.writeByte(StatusCodes.code(status));
    }

    private static void begin(int template, int blockBytes, int groupsBytes, ByteBuf out) {
        begin(template, SbeSchema.FIRST_VERSION, blockBytes, groupsBytes, out);
    }

    private static void begin(int template, int version, int blockBytes, int groupsBytes, ByteBuf out) {
        int totalBytes = SbeSchema.FRAMING_BYTES + SbeSchema.HEADER_BYTES + blockBytes + groupsBytes;
        out.ensureWritable(totalBytes);
        out.writeInt(totalBytes);
        out.writeShort(SbeSchema.FRAMING_TYPE);
        out.writeShortLE(blockBytes);
        out.writeShortLE(template);
        out.writeShortLE(SbeSchema.ID);
        out.writeShortLE(version);
    }

    private static void dimension(int entryBytes, int entries, ByteBuf out) {
        out.writeShortLE(entryBytes);
        out.writeShortLE(entries);
    }

    private static void levels(Levels levels, ByteBuf out) {
        dimension(SbeSchema.LEVEL_BYTES, levels.count(), out);
        for (int i = 0; i < levels.count(); i++) {
            out.writeLongLE(levels.priceTicks(i));
            out.writeLongLE(levels.sizeLots(i));
        }
    }

    private static int levelsBytes(Levels levels) {
        return groupBytes(SbeSchema.LEVEL_BYTES, levels.count());
    }

    private static int groupBytes(int entryBytes, int entries) {
        if (entries > SbeSchema.MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "expected at most " + SbeSchema.MAX_ENTRIES + " entries in a group, got " + entries);
        }
        return SbeSchema.DIMENSION_BYTES + entryBytes * entries;
    }
}
