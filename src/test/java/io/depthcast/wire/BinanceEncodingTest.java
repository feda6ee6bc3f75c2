package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trade;
import io.depthcast.book.Trades;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an independent parser reads of random data is what was written, in both forms. */
class BinanceEncodingTest {
    private static final long DAY_MILLIS = 86_400_000;
    private static final long YEAR_2020 = 1_577_836_800_000_000L;
    private static final long EPOCH = 1_795_363_200_000_000L;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldWriteWhatAnIndependentParserReads(long seed) {
        SampleData data = new SampleData(seed);
        for (int i = 0; i < 20; i++) {
            Instrument instrument = data.instrument();
            BookUpdate book = data.book(instrument);
            Candle candle = data.candle(instrument);
            BestBidOffer best = data.bestBidOffer(instrument);
            Ticker ticker = data.ticker(instrument);
            long flushMicros = data.integer();

            checkBook(book, instrument);
            check("bookTicker", instrument, expected(best, instrument), (to, out) -> to.encode(best, instrument, out));
            for (Trade trade : data.trades(instrument).trades()) {
                Trades one = new Trades(instrument.id(), EPOCH, 0, List.of(trade));
                check("trade", instrument, trade(trade, instrument), (to, out) -> to.encode(one, instrument, out));
                check(
                        "aggTrade",
                        instrument,
                        aggregate(trade, instrument),
                        (to, out) -> to.encode(one, instrument, out));
            }
            check(
                    "kline_" + candle.interval().text(),
                    instrument,
                    expected(candle, instrument, flushMicros),
                    (to, out) -> to.encode(candle, instrument, out),
                    flushMicros);
            check("miniTicker", instrument, mini(ticker, instrument), (to, out) -> to.encode(ticker, instrument, out));
            if (change(ticker).abs().bitLength() < Long.SIZE) {
                check(
                        "ticker",
                        instrument,
                        expected(ticker, instrument),
                        (to, out) -> to.encode(ticker, instrument, out));
            }
        }
    }

    private static void checkBook(BookUpdate book, Instrument instrument) {
        JsonObject whole = new JsonObject()
                .put("lastUpdateId", book.epoch() - YEAR_2020 + book.sequence())
                .put("bids", levels(book.bids(), 20, instrument))
                .put("asks", levels(book.asks(), 20, instrument));
        check("depth20@100ms", instrument, whole, (to, out) -> to.encode(book, instrument, 0, out));
        JsonObject change = new JsonObject()
                .put("e", "depthUpdate")
                .put("E", book.timeMicros() / 1_000)
                .put("s", upper(instrument))
                .put("U", book.epoch() - YEAR_2020 + book.previous() + 1)
                .put("u", book.epoch() - YEAR_2020 + book.sequence())
                .put("b", levels(book.bids(), Integer.MAX_VALUE, instrument))
                .put("a", levels(book.asks(), Integer.MAX_VALUE, instrument));
        if (book.isSnapshot()) {
            Encoding told = Encodings.BINANCE.in(Objects.requireNonNull(BinanceStream.ofOne("depth")), 0);
            assertThat(text(told, (to, out) -> to.encode(book, instrument, 0, out)))
                    .isEmpty();
        } else {
            check("depth@100ms", instrument, change, (to, out) -> to.encode(book, instrument, 0, out));
        }
    }

    private static void check(
            String word, Instrument instrument, JsonObject expected, BiConsumer<Encoding, ByteBuf> writing) {
        check(word, instrument, expected, writing, 0);
    }

    /** Plain, and with the name of the stream around it. */
    private static void check(
            String word,
            Instrument instrument,
            JsonObject expected,
            BiConsumer<Encoding, ByteBuf> writing,
            long flushMicros) {
        BinanceStream stream = Objects.requireNonNull(BinanceStream.ofOne(word), word);
        assertThat(new JsonObject(text(Encodings.BINANCE.in(stream, flushMicros), writing)))
                .isEqualTo(expected);
        String name = upper(instrument).toLowerCase(Locale.ROOT) + "@" + word;
        assertThat(new JsonObject(text(Encodings.BINANCE_COMBINED.in(stream, flushMicros), writing)))
                .isEqualTo(new JsonObject().put("stream", name).put("data", expected));
    }

    private static String text(Encoding encoding, BiConsumer<Encoding, ByteBuf> writing) {
        ByteBuf out = Unpooled.buffer();
        writing.accept(encoding, out);
        return out.toString(UTF_8);
    }

    private static JsonObject expected(BestBidOffer best, Instrument instrument) {
        JsonObject told = new JsonObject()
                .put("u", best.epoch() - YEAR_2020 + best.sequence())
                .put("s", upper(instrument));
        return putBest(told, best, instrument);
    }

    private static JsonObject putBest(JsonObject told, BestBidOffer best, Instrument instrument) {
        return told.put("b", price(best.bidPriceTicks(), instrument))
                .put("B", size(best.bidSizeLots(), instrument))
                .put("a", price(best.askPriceTicks(), instrument))
                .put("A", size(best.askSizeLots(), instrument));
    }

    private static JsonObject trade(Trade trade, Instrument instrument) {
        return print(trade, instrument).put("e", "trade").put("t", EPOCH - YEAR_2020 + trade.id());
    }

    private static JsonObject aggregate(Trade trade, Instrument instrument) {
        return print(trade, instrument)
                .put("e", "aggTrade")
                .put("a", EPOCH - YEAR_2020 + trade.id())
                .put("f", EPOCH - YEAR_2020 + trade.id())
                .put("l", EPOCH - YEAR_2020 + trade.id());
    }

    private static JsonObject print(Trade trade, Instrument instrument) {
        return new JsonObject()
                .put("E", trade.timeMicros() / 1_000)
                .put("s", upper(instrument))
                .put("p", price(trade.priceTicks(), instrument))
                .put("q", size(trade.sizeLots(), instrument))
                .put("T", trade.timeMicros() / 1_000)
                .put("m", trade.taker() == Side.ASK)
                .put("M", true);
    }

    private static JsonObject expected(Candle candle, Instrument instrument, long flushMicros) {
        long closeMillis = (candle.startMicros() + candle.interval().micros()) / 1_000 - 1;
        JsonObject told = new JsonObject()
                .put("t", candle.startMicros() / 1_000)
                .put("T", closeMillis)
                .put("s", upper(instrument))
                .put("i", candle.interval().text())
                .put("f", -1)
                .put("L", -1)
                .put("o", price(candle.openTicks(), instrument))
                .put("c", price(candle.closeTicks(), instrument))
                .put("h", price(candle.highTicks(), instrument))
                .put("l", price(candle.lowTicks(), instrument))
                .put("v", size(candle.volumeLots(), instrument))
                .put("n", candle.trades())
                .put("x", candle.closed());
        List.of("q", "V", "Q", "B").forEach(unknown -> told.put(unknown, "0"));
        return new JsonObject()
                .put("e", "kline")
                .put("E", flushMicros / 1_000)
                .put("s", upper(instrument))
                .put("k", told);
    }

    private static JsonObject mini(Ticker ticker, Instrument instrument) {
        return new JsonObject()
                .put("e", "24hrMiniTicker")
                .put("E", ticker.timeMicros() / 1_000)
                .put("s", upper(instrument))
                .put("c", price(ticker.lastTicks(), instrument))
                .put("o", price(ticker.openTicks(), instrument))
                .put("h", price(ticker.highTicks(), instrument))
                .put("l", price(ticker.lowTicks(), instrument))
                .put("v", size(ticker.volumeLots(), instrument))
                .put("q", "0");
    }

    private static JsonObject expected(Ticker ticker, Instrument instrument) {
        long atMillis = ticker.timeMicros() / 1_000;
        BigInteger change = change(ticker);
        JsonObject told = mini(ticker, instrument)
                .put("e", "24hrTicker")
                .put("p", steps(change, instrument.tickSize()))
                .put("P", percent(change, ticker.openTicks()))
                .put("w", "0")
                .put("x", "0")
                .put("Q", "0")
                .put("O", Math.floorDiv(ticker.timeMicros() - DAY_MILLIS * 1_000, 1_000L))
                .put("C", atMillis)
                .put("F", -1)
                .put("L", -1)
                .put("n", ticker.trades());
        return putBest(told, ticker.best(), instrument);
    }

    private static BigInteger change(Ticker ticker) {
        return ticker.openTicks() == Ticker.NONE
                ? BigInteger.ZERO
                : BigInteger.valueOf(ticker.lastTicks()).subtract(BigInteger.valueOf(ticker.openTicks()));
    }

    /** Towards zero, with three decimals. */
    private static String percent(BigInteger change, long openTicks) {
        BigDecimal hundred = new BigDecimal(change).movePointRight(2);
        return openTicks == 0 || openTicks == Ticker.NONE
                ? "0.000"
                : hundred.divide(BigDecimal.valueOf(openTicks), 3, RoundingMode.DOWN)
                        .toPlainString();
    }

    private static JsonArray levels(Levels levels, int most, Instrument instrument) {
        JsonArray told = new JsonArray();
        for (int i = 0; i < Math.min(most, levels.count()); i++) {
            told.add(new JsonArray()
                    .add(price(levels.priceTicks(i), instrument))
                    .add(size(levels.sizeLots(i), instrument)));
        }
        return told;
    }

    private static String upper(Instrument instrument) {
        return instrument.symbol().replace("-", "");
    }

    private static String price(long ticks, Instrument instrument) {
        return steps(BigInteger.valueOf(ticks == Ticker.NONE ? 0 : ticks), instrument.tickSize());
    }

    private static String size(long lots, Instrument instrument) {
        return lots == 0 ? "0" : steps(BigInteger.valueOf(lots), instrument.lotSize());
    }

    private static String steps(BigInteger steps, StepSize size) {
        return new BigDecimal(steps).multiply(new BigDecimal(size.toString())).toPlainString();
    }
}
