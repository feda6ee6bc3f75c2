package io.depthcast.wire;

import static io.depthcast.wire.AsciiText.ascii;

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
import java.util.List;
import java.util.regex.Pattern;

/**
 * The readable encoding: subprotocol {@code depthcast.v1.json}. Fields come in the order of the protocol document, without
 * white space. A price has the decimals of the tick size and a size those of the lot size, but a size of nothing is a bare
 * {@code "0"}. A side of the best bid and offer that has no level is a price of 0 with such a size.
 */
public final class JsonEncoding implements Encoding {
    private static final byte[] OPENING = ascii("[");
    private static final byte[] SEPARATOR = ascii(",");
    private static final byte[] CLOSING = ascii("]");

    private static final byte[] SNAPSHOT = ascii("{\"type\":\"snapshot\",\"channel\":\"book\",\"symbol\":\"");
    private static final byte[] DELTA = ascii("{\"type\":\"delta\",\"channel\":\"book\",\"symbol\":\"");
    private static final byte[] BBO = ascii("{\"type\":\"bbo\",\"symbol\":\"");
    private static final byte[] TRADES = ascii("{\"type\":\"trades\",\"symbol\":\"");
    private static final byte[] CANDLE = ascii("{\"type\":\"candle\",\"symbol\":\"");
    private static final byte[] HEARTBEAT = ascii("{\"type\":\"heartbeat\",\"time\":");

    private static final byte[] AFTER_SYMBOL_EPOCH = ascii("\",\"epoch\":");
    private static final byte[] AFTER_SYMBOL_DEPTH = ascii("\",\"depth\":");
    private static final byte[] GROUP = ascii(",\"group\":\"");
    private static final byte[] AFTER_SYMBOL_SEQUENCE = ascii("\",\"sequence\":");
    private static final byte[] AFTER_SYMBOL_MISSED = ascii("\",\"missed\":");
    private static final byte[] AFTER_SYMBOL_INTERVAL = ascii("\",\"interval\":\"");
    private static final byte[] PREVIOUS = ascii(",\"previous\":");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":");
    private static final byte[] TIME = ascii(",\"time\":");
    private static final byte[] SENT = ascii(",\"sent\":");
    private static final byte[] CHECKSUM = ascii(",\"checksum\":");
    private static final byte[] BIDS = ascii(",\"bids\":[");
    private static final byte[] ASKS = ascii("],\"asks\":[");
    private static final byte[] BID = ascii(",\"bid\":");
    private static final byte[] ASK = ascii(",\"ask\":");
    private static final byte[] TRADE_LIST = ascii(",\"trades\":[");
    private static final byte[] TRADE_ID = ascii("{\"id\":");
    private static final byte[] BUY = ascii(",\"side\":\"buy\",\"price\":\"");
    private static final byte[] SELL = ascii(",\"side\":\"sell\",\"price\":\"");
    private static final byte[] SIZE = ascii("\",\"size\":\"");
    private static final byte[] VENUE_ID = ascii("\",\"venueId\":\"");
    /** What of printable ASCII a JSON string may not have as it is. */
    private static final Pattern ESCAPED = Pattern.compile("[\"\\\\]");

    private static final byte[] START = ascii("\",\"start\":");
    private static final byte[] OPEN = ascii(",\"open\":\"");
    private static final byte[] HIGH = ascii("\",\"high\":\"");
    private static final byte[] LOW = ascii("\",\"low\":\"");
    private static final byte[] CLOSE = ascii("\",\"close\":\"");
    private static final byte[] VOLUME = ascii("\",\"volume\":\"");
    private static final byte[] AFTER_VOLUME_TRADES = ascii("\",\"trades\":");
    private static final byte[] NOT_CLOSED = ascii(",\"closed\":false}");
    private static final byte[] CLOSED = ascii(",\"closed\":true}");
    private static final byte[] LIVE = ascii(",\"feed\":\"live\"}");
    private static final byte[] STALE = ascii(",\"feed\":\"stale\"}");
    private static final byte[] HALTED = ascii(",\"feed\":\"halted\"}");

    private static final byte[] END_OF_TRADE = ascii("\"}");
    private static final byte[] END_OF_LIST = ascii("]}");

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String subprotocol() {
        return "depthcast.v1.json";
    }

    @Override
    public boolean isBinary() {
        return false;
    }

    @Override
    public byte[] opening() {
        return OPENING;
    }

    @Override
    public byte[] separator() {
        return SEPARATOR;
    }

    @Override
    public byte[] closing() {
        return CLOSING;
    }

    @Override
    public void encode(BookUpdate update, Instrument instrument, long sentMicros, ByteBuf buffer) {
        AsciiText out = AsciiText.begin();
        begin(update.isSnapshot() ? SNAPSHOT : DELTA, instrument, out);
        if (update.isGrouped()) {
            integer(AFTER_SYMBOL_DEPTH, update.depth(), out);
            integer(GROUP, update.group(), out);
        }
        integer(AFTER_SYMBOL_EPOCH, update.epoch(), out);
        integer(PREVIOUS, update.previous(), out);
        integer(SEQUENCE, update.sequence(), out);
        integer(TIME, update.timeMicros(), out);
        integer(SENT, sentMicros, out);
        integer(CHECKSUM, Integer.toUnsignedLong(update.checksum()), out);
        out.write(BIDS);
        levels(update.bids(), instrument, out);
        out.write(ASKS);
        levels(update.asks(), instrument, out);
        out.write(END_OF_LIST);
        out.appendTo(buffer);
    }

    @Override
    public void encode(BestBidOffer bbo, Instrument instrument, ByteBuf buffer) {
        AsciiText out = AsciiText.begin();
        begin(BBO, instrument, out);
        integer(AFTER_SYMBOL_SEQUENCE, bbo.sequence(), out);
        integer(TIME, bbo.timeMicros(), out);
        out.write(BID);
        level(bbo.bidPriceTicks(), bbo.bidSizeLots(), instrument, out);
        out.write(ASK);
        level(bbo.askPriceTicks(), bbo.askSizeLots(), instrument, out);
        out.write('}');
        out.appendTo(buffer);
    }

    @Override
    public void encode(Trades trades, Instrument instrument, ByteBuf buffer) {
        AsciiText out = AsciiText.begin();
        begin(TRADES, instrument, out);
        integer(AFTER_SYMBOL_MISSED, trades.missed(), out);
        out.write(TRADE_LIST);
        List<Trade> list = trades.trades();
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            trade(list.get(i), instrument, out);
        }
        out.write(END_OF_LIST);
        out.appendTo(buffer);
    }

    @Override
    public void encode(Candle candle, Instrument instrument, ByteBuf buffer) {
        AsciiText out = AsciiText.begin();
        begin(CANDLE, instrument, out);
        out.write(AFTER_SYMBOL_INTERVAL);
        out.write(candle.interval().text());
        integer(START, candle.startMicros(), out);
        price(OPEN, candle.openTicks(), instrument, out);
        price(HIGH, candle.highTicks(), instrument, out);
        price(LOW, candle.lowTicks(), instrument, out);
        price(CLOSE, candle.closeTicks(), instrument, out);
        out.write(VOLUME);
        out.writeSize(candle.volumeLots(), instrument.lotSize());
        integer(AFTER_VOLUME_TRADES, candle.trades(), out);
        out.write(candle.closed() ? CLOSED : NOT_CLOSED);
        out.appendTo(buffer);
    }

    @Override
    public void encode(Ticker ticker, Instrument instrument, ByteBuf buffer) {
        AsciiText out = AsciiText.begin();
        JsonTicker.write(ticker, instrument, out);
        out.write(BID);
        level(ticker.best().bidPriceTicks(), ticker.best().bidSizeLots(), instrument, out);
        out.write(ASK);
        level(ticker.best().askPriceTicks(), ticker.best().askSizeLots(), instrument, out);
        integer(TIME, ticker.timeMicros(), out);
        out.write('}');
        out.appendTo(buffer);
    }

    @Override
    public void encodeHeartbeat(FeedStatus status, long timeMicros, ByteBuf buffer) {
        AsciiText out = AsciiText.begin();
        integer(HEARTBEAT, timeMicros, out);
        out.write(
                switch (status) {
                    case LIVE -> LIVE;
                    case STALE -> STALE;
                    case HALTED -> HALTED;
                });
        out.appendTo(buffer);
    }

    @Override
    public void encodeInstruments(List<ListedInstrument> instruments, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            json.writeStringField("type", "instruments");
            JsonListing.write(instruments, json);
        });
    }

    @Override
    public void encodeStatus(Instrument instrument, InstrumentStatus status, long timeMicros, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            json.writeStringField("type", "status");
            json.writeStringField("symbol", instrument.symbol());
            json.writeStringField("status", status.text());
            json.writeNumberField("time", timeMicros);
        });
    }

    private static void begin(byte[] head, Instrument instrument, AsciiText out) {
        out.write(head);
        // The characters a symbol may have need no escape.
        out.write(instrument.symbol());
    }

    private static void levels(Levels levels, Instrument instrument, AsciiText out) {
        for (int i = 0; i < levels.count(); i++) {
            if (i > 0) {
                out.write(',');
            }
            level(levels.priceTicks(i), levels.sizeLots(i), instrument, out);
        }
    }

    private static void level(long priceTicks, long sizeLots, Instrument instrument, AsciiText out) {
        out.write('[');
        out.write('"');
        out.writePrice(priceTicks, instrument.tickSize());
        out.write('"');
        out.write(',');
        out.write('"');
        out.writeSize(sizeLots, instrument.lotSize());
        out.write('"');
        out.write(']');
    }

    private static void trade(Trade trade, Instrument instrument, AsciiText out) {
        integer(TRADE_ID, trade.id(), out);
        integer(TIME, trade.timeMicros(), out);
        price(trade.taker() == Side.BID ? BUY : SELL, trade.priceTicks(), instrument, out);
        out.write(SIZE);
        out.writeSize(trade.sizeLots(), instrument.lotSize());
        String venueId = trade.venueId();
        if (venueId != null) {
            out.write(VENUE_ID);
            out.write(ESCAPED.matcher(venueId).replaceAll("\\\\$0"));
        }
        out.write(END_OF_TRADE);
    }

    private static void integer(byte[] label, long value, AsciiText out) {
        out.write(label);
        out.writeInteger(value);
    }

    private static void price(byte[] label, long priceTicks, Instrument instrument, AsciiText out) {
        out.write(label);
        out.writePrice(priceTicks, instrument.tickSize());
    }
}
