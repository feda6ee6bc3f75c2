package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.Trade;
import io.depthcast.book.Trades;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEncodingTest {
    private static final Instrument BTC = new Instrument(1, "BTC-USD", StepSize.parse("0.1"), StepSize.parse("0.0001"));
    private static final JsonEncoding JSON = new JsonEncoding();

    @Test
    void shouldWriteASnapshotAsTheProtocolShowsIt() {
        BookUpdate update = new BookUpdate(
                1,
                25,
                1795363200000000L,
                0,
                812,
                1795363200000001L,
                -1,
                levels(640001, 5200, 639999, 1),
                levels(640003, 12345678));

        assertThat(text(out -> JSON.encode(update, BTC, 1795363200000002L, out)))
                .isEqualTo(
                        "{\"type\":\"snapshot\",\"channel\":\"book\",\"symbol\":\"BTC-USD\",\"epoch\":1795363200000000,"
                                + "\"previous\":0,\"sequence\":812,\"time\":1795363200000001,\"sent\":1795363200000002,"
                                + "\"checksum\":4294967295,\"bids\":[[\"64000.1\",\"0.5200\"],[\"63999.9\",\"0.0001\"]],"
                                + "\"asks\":[[\"64000.3\",\"1234.5678\"]]}");
    }

    @Test
    void shouldWriteADeltaWithABareZeroForALevelThatIsGone() {
        BookUpdate update = new BookUpdate(1, 25, 5, 812, 830, 6, 3, levels(640001, 0), Levels.NONE);

        assertThat(text(out -> JSON.encode(update, BTC, 7, out)))
                .isEqualTo("{\"type\":\"delta\",\"channel\":\"book\",\"symbol\":\"BTC-USD\",\"epoch\":5,"
                        + "\"previous\":812,\"sequence\":830,\"time\":6,\"sent\":7,\"checksum\":3,"
                        + "\"bids\":[[\"64000.1\",\"0\"]],\"asks\":[]}");
    }

    @Test
    void shouldSayOfAGatheredBookToWhichDepthAndGroup() {
        BookUpdate update = new BookUpdate(1, 25, 100, 5, 812, 830, 6, 3, levels(640000, 7), levels(640100, 0));

        assertThat(text(out -> JSON.encode(update, BTC, 7, out)))
                .isEqualTo("{\"type\":\"delta\",\"channel\":\"book\",\"symbol\":\"BTC-USD\",\"depth\":25,"
                        + "\"group\":\"100\",\"epoch\":5,\"previous\":812,\"sequence\":830,\"time\":6,\"sent\":7,"
                        + "\"checksum\":3,\"bids\":[[\"64000.0\",\"0.0007\"]],\"asks\":[[\"64010.0\",\"0\"]]}");
    }

    @Test
    void shouldWriteTheBestBidAndOfferAndAMissingSide() {
        assertThat(text(out -> JSON.encode(new BestBidOffer(1, 5, 830, 9, 640000, 12000, 0, 0), BTC, out)))
                .isEqualTo("{\"type\":\"bbo\",\"symbol\":\"BTC-USD\",\"sequence\":830,\"time\":9,"
                        + "\"bid\":[\"64000.0\",\"1.2000\"],\"ask\":[\"0.0\",\"0\"]}");
    }

    @Test
    void shouldWriteTradesOldestFirst() {
        Trades trades = new Trades(
                1, 5, 3, List.of(new Trade(91, 8, Side.BID, 640002, 1000), new Trade(92, 9, Side.ASK, 1, 1)));

        assertThat(text(out -> JSON.encode(trades, BTC, out)))
                .isEqualTo("{\"type\":\"trades\",\"symbol\":\"BTC-USD\",\"missed\":3,\"trades\":["
                        + "{\"id\":91,\"time\":8,\"side\":\"buy\",\"price\":\"64000.2\",\"size\":\"0.1000\"},"
                        + "{\"id\":92,\"time\":9,\"side\":\"sell\",\"price\":\"0.1\",\"size\":\"0.0001\"}]}");
    }

    @Test
    void shouldWriteACandle() {
        Candle candle = new Candle(1, CandleInterval.ONE_MINUTE, 60_000_000, 10, 30, 5, 20, 45_000, 17, false);

        assertThat(text(out -> JSON.encode(candle, BTC, out)))
                .isEqualTo("{\"type\":\"candle\",\"symbol\":\"BTC-USD\",\"interval\":\"1m\",\"start\":60000000,"
                        + "\"open\":\"1.0\",\"high\":\"3.0\",\"low\":\"0.5\",\"close\":\"2.0\",\"volume\":\"4.5000\","
                        + "\"trades\":17,\"closed\":false}");
    }

    @Test
    void shouldWriteAHeartbeat() {
        assertThat(text(out -> JSON.encodeHeartbeat(FeedStatus.STALE, 4, out)))
                .isEqualTo("{\"type\":\"heartbeat\",\"time\":4,\"feed\":\"stale\"}");
    }

    @Test
    void shouldListInstrumentsAndTellTheirStatus() {
        ListedInstrument halted = new ListedInstrument(BTC, InstrumentStatus.HALTED);
        assertThat(text(out -> JSON.encodeInstruments(List.of(halted), out)))
                .isEqualTo("{\"type\":\"instruments\",\"instruments\":[{\"id\":1,\"symbol\":\"BTC-USD\",\"tickSize\":\""
                        + BTC.tickSize() + "\",\"lotSize\":\"" + BTC.lotSize() + "\",\"status\":\"halted\"}]}");
        assertThat(text(out -> JSON.encodeStatus(BTC, InstrumentStatus.STALE, 5, out)))
                .isEqualTo("{\"type\":\"status\",\"symbol\":\"BTC-USD\",\"status\":\"stale\",\"time\":5}");
    }

    @Test
    void shouldGlueSeveralMessagesIntoAnArray() {
        String text = text(out -> {
            out.writeBytes(JSON.opening());
            JSON.encodeHeartbeat(FeedStatus.LIVE, 1, out);
            out.writeBytes(JSON.separator());
            JSON.encodeHeartbeat(FeedStatus.HALTED, 2, out);
            out.writeBytes(JSON.closing());
        });

        assertThat(new JsonArray(text))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("type", "heartbeat")
                                .put("time", 1)
                                .put("feed", "live"))
                        .add(new JsonObject()
                                .put("type", "heartbeat")
                                .put("time", 2)
                                .put("feed", "halted")));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldWriteWhatAnIndependentParserReads(long seed) {
        SampleData data = new SampleData(seed);
        for (int i = 0; i < 20; i++) {
            Instrument instrument = data.instrument();
            BookUpdate book = data.book(instrument);
            long sentMicros = data.integer();
            Trades trades = data.trades(instrument);
            Candle candle = data.candle(instrument);
            BestBidOffer bbo = data.bestBidOffer(instrument);

            assertThat(parsed(out -> JSON.encode(book, instrument, sentMicros, out)))
                    .isEqualTo(expected(book, instrument, sentMicros));
            assertThat(parsed(out -> JSON.encode(trades, instrument, out))).isEqualTo(expected(trades, instrument));
            assertThat(parsed(out -> JSON.encode(candle, instrument, out))).isEqualTo(expected(candle, instrument));
            assertThat(parsed(out -> JSON.encode(bbo, instrument, out))).isEqualTo(expected(bbo, instrument));
        }
    }

    private static JsonObject expected(BookUpdate book, Instrument instrument, long sentMicros) {
        JsonObject expected = new JsonObject()
                .put("type", book.previous() == 0 ? "snapshot" : "delta")
                .put("channel", "book")
                .put("symbol", instrument.symbol());
        if (book.group() > 1) {
            expected.put("depth", book.depth()).put("group", String.valueOf(book.group()));
        }
        return expected.put("epoch", book.epoch())
                .put("previous", book.previous())
                .put("sequence", book.sequence())
                .put("time", book.timeMicros())
                .put("sent", sentMicros)
                .put("checksum", book.checksum() & 0xFFFFFFFFL)
                .put("bids", expected(book.bids(), instrument))
                .put("asks", expected(book.asks(), instrument));
    }

    private static JsonArray expected(Levels levels, Instrument instrument) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < levels.count(); i++) {
            array.add(level(levels.priceTicks(i), levels.sizeLots(i), instrument));
        }
        return array;
    }

    private static JsonObject expected(Trades trades, Instrument instrument) {
        JsonArray array = new JsonArray();
        for (Trade trade : trades.trades()) {
            array.add(new JsonObject()
                    .put("id", trade.id())
                    .put("time", trade.timeMicros())
                    .put("side", trade.taker() == Side.BID ? "buy" : "sell")
                    .put("price", decimal(trade.priceTicks(), instrument.tickSize()))
                    .put("size", size(trade.sizeLots(), instrument)));
            if (trade.venueId() != null) {
                array.getJsonObject(array.size() - 1).put("venueId", trade.venueId());
            }
        }
        return new JsonObject()
                .put("type", "trades")
                .put("symbol", instrument.symbol())
                .put("missed", trades.missed())
                .put("trades", array);
    }

    private static JsonObject expected(Candle candle, Instrument instrument) {
        return new JsonObject()
                .put("type", "candle")
                .put("symbol", instrument.symbol())
                .put("interval", candle.interval().text())
                .put("start", candle.startMicros())
                .put("open", decimal(candle.openTicks(), instrument.tickSize()))
                .put("high", decimal(candle.highTicks(), instrument.tickSize()))
                .put("low", decimal(candle.lowTicks(), instrument.tickSize()))
                .put("close", decimal(candle.closeTicks(), instrument.tickSize()))
                .put("volume", size(candle.volumeLots(), instrument))
                .put("trades", candle.trades())
                .put("closed", candle.closed());
    }

    private static JsonObject expected(BestBidOffer bbo, Instrument instrument) {
        return new JsonObject()
                .put("type", "bbo")
                .put("symbol", instrument.symbol())
                .put("sequence", bbo.sequence())
                .put("time", bbo.timeMicros())
                .put("bid", level(bbo.bidPriceTicks(), bbo.bidSizeLots(), instrument))
                .put("ask", level(bbo.askPriceTicks(), bbo.askSizeLots(), instrument));
    }

    private static JsonArray level(long priceTicks, long sizeLots, Instrument instrument) {
        return new JsonArray().add(decimal(priceTicks, instrument.tickSize())).add(size(sizeLots, instrument));
    }

    private static String size(long sizeLots, Instrument instrument) {
        return sizeLots == 0 ? "0" : decimal(sizeLots, instrument.lotSize());
    }

    private static String decimal(long steps, StepSize step) {
        BigDecimal value = BigDecimal.valueOf(steps).multiply(new BigDecimal(step.toString()));
        return String.format(Locale.ROOT, "%." + step.decimals() + "f", value);
    }

    private static Levels levels(long... pricesAndSizes) {
        long[] prices = new long[pricesAndSizes.length / 2];
        long[] sizes = new long[pricesAndSizes.length / 2];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = pricesAndSizes[2 * i];
            sizes[i] = pricesAndSizes[2 * i + 1];
        }
        return new Levels(prices, sizes);
    }

    private static JsonObject parsed(Consumer<ByteBuf> writer) {
        return new JsonObject(text(writer));
    }

    private static String text(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer(0);
        writer.accept(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
