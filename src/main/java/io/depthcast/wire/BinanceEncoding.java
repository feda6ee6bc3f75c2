package io.depthcast.wire;

import static io.depthcast.wire.AsciiText.ascii;
import static io.depthcast.wire.BinanceText.integer;
import static io.depthcast.wire.BinanceText.millis;
import static io.depthcast.wire.BinanceText.number;
import static io.depthcast.wire.BinanceText.price;
import static io.depthcast.wire.BinanceText.size;
import static io.depthcast.wire.BinanceText.symbol;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trade;
import io.depthcast.book.Trades;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON messages of Binance spot's market data streams, each in a WebSocket message of its own. What is told is named by
 * the stream, see {@link #in}. Of what the gateway does not know it says {@code "0"}, or -1 for the number of a trade: what
 * was traded in money, what takers bought, and the first and last trade of a candle or of a day.
 */
final class BinanceEncoding implements Encoding {
    private static final byte[] STREAM = ascii("{\"stream\":\"");
    private static final byte[] DATA = ascii("\",\"data\":");
    private static final byte[] DEPTH = ascii("{\"e\":\"depthUpdate\",\"E\":");
    private static final byte[] TRADE = ascii("{\"e\":\"trade\",\"E\":");
    private static final byte[] AGGREGATE_TRADE = ascii("{\"e\":\"aggTrade\",\"E\":");
    private static final byte[] KLINE = ascii("{\"e\":\"kline\",\"E\":");
    private static final byte[] TICKER = ascii("{\"e\":\"24hrTicker\",\"E\":");
    private static final byte[] MINI_TICKER = ascii("{\"e\":\"24hrMiniTicker\",\"E\":");
    private static final byte[] BOOK_TICKER = ascii("{\"u\":");
    private static final byte[] LAST_UPDATE = ascii("{\"lastUpdateId\":");
    private static final byte[] BIDS = ascii(",\"bids\":[");
    private static final byte[] ASKS = ascii("],\"asks\":[");
    private static final byte[] SYMBOL = ascii(",\"s\":");
    private static final byte[] FIRST = ascii(",\"U\":");
    private static final byte[] LAST = ascii(",\"u\":");
    private static final byte[] CHANGED_BIDS = ascii(",\"b\":[");
    private static final byte[] CHANGED_ASKS = ascii("],\"a\":[");
    private static final byte[] END_OF_SIDES = ascii("]}");
    private static final byte[] TRADE_ID = ascii(",\"t\":");
    private static final byte[] AGGREGATE_ID = ascii(",\"a\":");
    private static final byte[] FIRST_ID = ascii(",\"f\":");
    private static final byte[] LAST_ID = ascii(",\"l\":");
    private static final byte[] PRICE = ascii(",\"p\":");
    private static final byte[] SIZE = ascii(",\"q\":");
    private static final byte[] TRADE_TIME = ascii(",\"T\":");
    private static final byte[] BUYER_IS_MAKER = ascii(",\"m\":true,\"M\":true}");
    private static final byte[] SELLER_IS_MAKER = ascii(",\"m\":false,\"M\":true}");
    private static final byte[] CANDLE = ascii(",\"k\":{\"t\":");
    private static final byte[] INTERVAL = ascii(",\"i\":\"");
    private static final byte[] CANDLE_OPEN = ascii("\",\"f\":-1,\"L\":-1,\"o\":");
    private static final byte[] OPEN = ascii(",\"o\":");
    private static final byte[] CLOSE = ascii(",\"c\":");
    private static final byte[] HIGH = ascii(",\"h\":");
    private static final byte[] LOW = ascii(",\"l\":");
    private static final byte[] VOLUME = ascii(",\"v\":");
    private static final byte[] COUNT = ascii(",\"n\":");
    private static final byte[] CLOSED = ascii(",\"x\":true");
    private static final byte[] NOT_CLOSED = ascii(",\"x\":false");
    private static final byte[] CANDLE_END = ascii(",\"q\":\"0\",\"V\":\"0\",\"Q\":\"0\",\"B\":\"0\"}}");
    private static final byte[] PERCENT = ascii(",\"P\":");
    private static final byte[] AVERAGE_AND_BEFORE = ascii(",\"w\":\"0\",\"x\":\"0\"");
    private static final byte[] LAST_SIZE = ascii(",\"Q\":\"0\"");
    private static final byte[] MONEY = ascii(",\"q\":\"0\"");
    private static final byte[] SINCE = ascii(",\"O\":");
    private static final byte[] UNTIL = ascii(",\"C\":");
    private static final byte[] IDS = ascii(",\"F\":-1,\"L\":-1");
    private static final byte[][] BEST = {ascii(",\"b\":"), ascii(",\"B\":"), ascii(",\"a\":"), ascii(",\"A\":")};

    private final boolean isCombined;
    private final @Nullable BinanceStream stream;
    private final long sentMicros;

    /** @param isCombined whether each message says the name of its stream */
    BinanceEncoding(boolean isCombined) {
        this(isCombined, null, 0);
    }

    private BinanceEncoding(boolean isCombined, @Nullable BinanceStream stream, long sentMicros) {
        this.isCombined = isCombined;
        this.stream = stream;
        this.sentMicros = sentMicros;
    }

    @Override
    public Encoding in(BinanceStream named, long flushMicros) {
        return new BinanceEncoding(isCombined, named, flushMicros);
    }

    @Override
    public String name() {
        return isCombined ? "binance-combined" : "binance";
    }

    /** None is negotiated; the path says it. */
    @Override
    public String subprotocol() {
        return name();
    }

    @Override
    public boolean isBinary() {
        return false;
    }

    @Override
    public boolean isApart() {
        return true;
    }

    /** What begins the array of those messages that travel together. */
    @Override
    public byte[] opening(String list) {
        return ascii(isCombined ? "{\"stream\":\"" + list + "\",\"data\":[" : "[");
    }

    @Override
    public byte[] separator() {
        return ascii(",");
    }

    @Override
    public byte[] closing() {
        return ascii(isCombined ? "]}" : "]");
    }

    /** What is not a change has no words in a stream of changes: who is told nothing cannot go on. */
    @Override
    public void encode(BookUpdate update, Instrument instrument, long flushMicros, ByteBuf buffer) {
        BinanceStream named = named();
        boolean isWhole = named.kind() == BinanceStream.Kind.BEST_LEVELS;
        if (update.isSnapshot() && !isWhole) {
            return;
        }
        AsciiText out = begin(instrument);
        if (isWhole) {
            integer(LAST_UPDATE, number(update.epoch(), update.sequence()), out);
            out.write(BIDS);
            BinanceText.levels(update.bids(), named.levels(), instrument, out);
            out.write(ASKS);
            BinanceText.levels(update.asks(), named.levels(), instrument, out);
        } else {
            millis(DEPTH, update.timeMicros(), out);
            symbol(SYMBOL, instrument, out);
            integer(FIRST, number(update.epoch(), update.previous()) + 1, out);
            integer(LAST, number(update.epoch(), update.sequence()), out);
            out.write(CHANGED_BIDS);
            BinanceText.levels(update.bids(), Integer.MAX_VALUE, instrument, out);
            out.write(CHANGED_ASKS);
            BinanceText.levels(update.asks(), Integer.MAX_VALUE, instrument, out);
        }
        out.write(END_OF_SIDES);
        end(out, buffer);
    }

    @Override
    public void encode(BestBidOffer bbo, Instrument instrument, ByteBuf buffer) {
        AsciiText out = begin(instrument);
        integer(BOOK_TICKER, number(bbo.epoch(), bbo.sequence()), out);
        symbol(SYMBOL, instrument, out);
        BinanceText.best(bbo, BEST, instrument, out);
        out.write('}');
        end(out, buffer);
    }

    /** @param trades a single one */
    @Override
    public void encode(Trades trades, Instrument instrument, ByteBuf buffer) {
        AsciiText out = begin(instrument);
        Trade trade = trades.trades().get(0);
        long id = number(trades.epoch(), trade.id());
        boolean isAggregate = named().kind() == BinanceStream.Kind.AGGREGATE_TRADE;
        millis(isAggregate ? AGGREGATE_TRADE : TRADE, trade.timeMicros(), out);
        symbol(SYMBOL, instrument, out);
        integer(isAggregate ? AGGREGATE_ID : TRADE_ID, id, out);
        price(PRICE, trade.priceTicks(), instrument, out);
        size(SIZE, trade.sizeLots(), instrument, out);
        if (isAggregate) {
            integer(FIRST_ID, id, out);
            integer(LAST_ID, id, out);
        }
        millis(TRADE_TIME, trade.timeMicros(), out);
        out.write(trade.taker() == Side.ASK ? BUYER_IS_MAKER : SELLER_IS_MAKER);
        end(out, buffer);
    }

    @Override
    public void encode(Candle candle, Instrument instrument, ByteBuf buffer) {
        AsciiText out = begin(instrument);
        millis(KLINE, sentMicros, out);
        symbol(SYMBOL, instrument, out);
        millis(CANDLE, candle.startMicros(), out);
        integer(TRADE_TIME, BinanceBodies.closeMillis(candle), out);
        symbol(SYMBOL, instrument, out);
        out.write(INTERVAL);
        out.write(candle.interval().text());
        price(CANDLE_OPEN, candle.openTicks(), instrument, out);
        price(CLOSE, candle.closeTicks(), instrument, out);
        price(HIGH, candle.highTicks(), instrument, out);
        price(LOW, candle.lowTicks(), instrument, out);
        size(VOLUME, candle.volumeLots(), instrument, out);
        integer(COUNT, candle.trades(), out);
        out.write(candle.closed() ? CLOSED : NOT_CLOSED);
        out.write(CANDLE_END);
        end(out, buffer);
    }

    @Override
    public void encode(Ticker ticker, Instrument instrument, ByteBuf buffer) {
        AsciiText out = begin(instrument);
        boolean isMini = named().kind() == BinanceStream.Kind.MINI_TICKER;
        millis(isMini ? MINI_TICKER : TICKER, ticker.timeMicros(), out);
        symbol(SYMBOL, instrument, out);
        if (!isMini) {
            price(PRICE, BinanceText.changeTicks(ticker), instrument, out);
            BinanceText.percent(PERCENT, ticker, out);
            out.write(AVERAGE_AND_BEFORE);
        }
        price(CLOSE, ticker.lastTicks(), instrument, out);
        if (!isMini) {
            out.write(LAST_SIZE);
            BinanceText.best(ticker.best(), BEST, instrument, out);
        }
        price(OPEN, ticker.openTicks(), instrument, out);
        price(HIGH, ticker.highTicks(), instrument, out);
        price(LOW, ticker.lowTicks(), instrument, out);
        size(VOLUME, ticker.volumeLots(), instrument, out);
        out.write(MONEY);
        if (!isMini) {
            millis(SINCE, ticker.timeMicros() - BinanceBodies.DAY_MICROS, out);
            millis(UNTIL, ticker.timeMicros(), out);
            out.write(IDS);
            integer(COUNT, ticker.trades(), out);
        }
        out.write('}');
        end(out, buffer);
    }

    private BinanceStream named() {
        if (stream == null) {
            throw new IllegalStateException("of no stream; see in()");
        }
        return stream;
    }

    private AsciiText begin(Instrument instrument) {
        AsciiText out = AsciiText.begin();
        BinanceStream named = named();
        if (isCombined && named.list().isEmpty()) {
            out.write(STREAM);
            if (!named.isOfAll()) {
                BinanceNames.writeLower(instrument, out);
                out.write('@');
            }
            out.write(named.word());
            out.write(DATA);
        }
        return out;
    }

    private void end(AsciiText out, ByteBuf buffer) {
        if (isCombined && named().list().isEmpty()) {
            out.write('}');
        }
        out.appendTo(buffer);
    }

    @Override
    public void encodeHeartbeat(FeedStatus status, long timeMicros, ByteBuf out) {}

    @Override
    public void encodeInstruments(List<ListedInstrument> instruments, ByteBuf out) {}

    @Override
    public void encodeStatus(Instrument instrument, InstrumentStatus status, long timeMicros, ByteBuf out) {}
}
