package io.depthcast.wire;

import static io.depthcast.wire.AsciiText.ascii;
import static io.depthcast.wire.BinanceText.integer;
import static io.depthcast.wire.BinanceText.millis;
import static io.depthcast.wire.BinanceText.number;
import static io.depthcast.wire.BinanceText.price;
import static io.depthcast.wire.BinanceText.size;
import static io.depthcast.wire.BinanceText.symbol;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookShapes;
import io.depthcast.book.Candle;
import io.depthcast.book.CandleSeries;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Side;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trade;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Bodies of the answers of Binance spot's REST, each of one instrument. Of what the gateway does not know they say what
 * {@link BinanceEncoding} says.
 */
public final class BinanceBodies {
    /** Levels of the book that changes are told of. */
    public static final int MOST_LEVELS = BookShapes.DEPTHS.get(BookShapes.DEPTHS.size() - 1);

    static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);
    private static final byte[] LAST_UPDATE = ascii("{\"lastUpdateId\":");
    private static final byte[] SYMBOL = ascii("{\"symbol\":");
    private static final byte[] BID_PRICE = ascii(",\"bidPrice\":");
    private static final byte[][] BEST = {
        BID_PRICE, ascii(",\"bidQty\":"), ascii(",\"askPrice\":"), ascii(",\"askQty\":")
    };
    private static final byte[] COMMA = ascii(",");

    private BinanceBodies() {}

    /**
     * Writes what is asked for; nothing if there is none yet.
     *
     * @param newest the last event that the instrument's feed has told
     * @param limit at most so many entries
     */
    public static void write(InstrumentState state, Version newest, BinanceBody body, int limit, ByteBuf buffer) {
        AsciiText out = AsciiText.begin();
        switch (body.kind()) {
            case DEPTH -> writeDepth(state, newest, limit, out);
            case TRADES -> writeTrades(state, limit, out);
            case AGGREGATE_TRADES -> writeAggregateTrades(state, limit, out);
            case KLINES -> writeKlines(state, body, limit, out);
            case DAY -> writeDay(state, out);
            case PRICE -> writePrice(state, out);
            case BEST -> writeBest(state, out);
        }
        out.appendTo(buffer);
    }

    /**
     * The number is that of all events there were and not of the last that changed this book: so it is no less than what any
     * stream of changes that is open began with, and whoever splices finds the change that goes on from it.
     */
    private static void writeDepth(InstrumentState state, Version newest, int limit, AsciiText out) {
        int most = Math.min(limit, MOST_LEVELS);
        integer(LAST_UPDATE, number(newest.epoch(), newest.sequence()), out);
        out.write(",\"bids\":[");
        BinanceText.levels(state.levels(Side.BID), most, state.instrument(), out);
        out.write("],\"asks\":[");
        BinanceText.levels(state.levels(Side.ASK), most, state.instrument(), out);
        out.write("]}");
    }

    private static void writeTrades(InstrumentState state, int limit, AsciiText out) {
        Instrument instrument = state.instrument();
        String separator = "[";
        for (Trade trade : state.tape().recent(limit).trades()) {
            integer(ascii(separator + "{\"id\":"), number(state.tape().epoch(), trade.id()), out);
            price(ascii(",\"price\":"), trade.priceTicks(), instrument, out);
            size(ascii(",\"qty\":"), trade.sizeLots(), instrument, out);
            out.write(",\"quoteQty\":\"" + money(trade, instrument) + "\"");
            millis(ascii(",\"time\":"), trade.timeMicros(), out);
            out.write(",\"isBuyerMaker\":" + (trade.taker() == Side.ASK) + ",\"isBestMatch\":true}");
            separator = ",";
        }
        out.write(separator.equals("[") ? "[]" : "]");
    }

    private static String money(Trade trade, Instrument instrument) {
        BigDecimal price =
                new BigDecimal(instrument.tickSize().toString()).multiply(new BigDecimal(trade.priceTicks()));
        BigDecimal size = new BigDecimal(instrument.lotSize().toString()).multiply(new BigDecimal(trade.sizeLots()));
        return price.multiply(size).toPlainString();
    }

    /** Each stands for itself: which of them one order made, no source says. */
    private static void writeAggregateTrades(InstrumentState state, int limit, AsciiText out) {
        Instrument instrument = state.instrument();
        String separator = "[";
        for (Trade trade : state.tape().recent(limit).trades()) {
            long id = number(state.tape().epoch(), trade.id());
            integer(ascii(separator + "{\"a\":"), id, out);
            price(ascii(",\"p\":"), trade.priceTicks(), instrument, out);
            size(ascii(",\"q\":"), trade.sizeLots(), instrument, out);
            integer(ascii(",\"f\":"), id, out);
            integer(ascii(",\"l\":"), id, out);
            millis(ascii(",\"T\":"), trade.timeMicros(), out);
            out.write(",\"m\":" + (trade.taker() == Side.ASK) + ",\"M\":true}");
            separator = ",";
        }
        out.write(separator.equals("[") ? "[]" : "]");
    }

    private static void writeKlines(InstrumentState state, BinanceBody body, int limit, AsciiText out) {
        Instrument instrument = state.instrument();
        List<Candle> candles = candles(state, body, limit);
        out.write("[");
        for (int i = 0; i < candles.size(); i++) {
            Candle candle = candles.get(i);
            millis(ascii(i == 0 ? "[" : ",["), candle.startMicros(), out);
            price(COMMA, candle.openTicks(), instrument, out);
            price(COMMA, candle.highTicks(), instrument, out);
            price(COMMA, candle.lowTicks(), instrument, out);
            price(COMMA, candle.closeTicks(), instrument, out);
            size(COMMA, candle.volumeLots(), instrument, out);
            integer(COMMA, closeMillis(candle), out);
            integer(ascii(",\"0\","), candle.trades(), out);
            out.write(",\"0\",\"0\",\"0\"]");
        }
        out.write("]");
    }

    /** The newest, or those from a time on. */
    private static List<Candle> candles(InstrumentState state, BinanceBody body, int limit) {
        CandleSeries series = state.candles(Objects.requireNonNull(body.interval()));
        if (body.isOfAllTime()) {
            return series.recent(limit);
        }
        List<Candle> within = series.recent(Integer.MAX_VALUE).stream()
                .filter(candle -> body.hasMillis(TimeUnit.MICROSECONDS.toMillis(candle.startMicros())))
                .toList();
        int first = body.fromMillis() == 0 ? Math.max(0, within.size() - limit) : 0;
        return within.subList(first, Math.min(within.size(), first + limit));
    }

    /** The last millisecond of its time. */
    static long closeMillis(Candle candle) {
        return TimeUnit.MICROSECONDS.toMillis(
                        candle.startMicros() + candle.interval().micros())
                - 1;
    }

    private static void writeDay(InstrumentState state, AsciiText out) {
        Ticker ticker = state.ticker().since(0, 0);
        if (ticker == null) {
            return;
        }
        Instrument instrument = state.instrument();
        symbol(SYMBOL, instrument, out);
        price(ascii(",\"priceChange\":"), BinanceText.changeTicks(ticker), instrument, out);
        BinanceText.percent(ascii(",\"priceChangePercent\":"), ticker, out);
        out.write(",\"weightedAvgPrice\":\"0\",\"prevClosePrice\":\"0\"");
        price(ascii(",\"lastPrice\":"), ticker.lastTicks(), instrument, out);
        out.write(",\"lastQty\":\"0\"");
        BinanceText.best(ticker.best(), BEST, instrument, out);
        price(ascii(",\"openPrice\":"), ticker.openTicks(), instrument, out);
        price(ascii(",\"highPrice\":"), ticker.highTicks(), instrument, out);
        price(ascii(",\"lowPrice\":"), ticker.lowTicks(), instrument, out);
        size(ascii(",\"volume\":"), ticker.volumeLots(), instrument, out);
        millis(ascii(",\"quoteVolume\":\"0\",\"openTime\":"), ticker.timeMicros() - DAY_MICROS, out);
        millis(ascii(",\"closeTime\":"), ticker.timeMicros(), out);
        integer(ascii(",\"firstId\":-1,\"lastId\":-1,\"count\":"), ticker.trades(), out);
        out.write('}');
    }

    private static void writePrice(InstrumentState state, AsciiText out) {
        Ticker ticker = state.ticker().since(0, 0);
        if (ticker != null) {
            symbol(SYMBOL, state.instrument(), out);
            price(ascii(",\"price\":"), ticker.lastTicks(), state.instrument(), out);
            out.write('}');
        }
    }

    private static void writeBest(InstrumentState state, AsciiText out) {
        BestBidOffer best = state.best().since(0, 0);
        if (best != null) {
            symbol(SYMBOL, state.instrument(), out);
            BinanceText.best(best, BEST, state.instrument(), out);
            out.write('}');
        }
    }
}
