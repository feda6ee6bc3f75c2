package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SbeEncodingTest {
    private static final SbeEncoding SBE = new SbeEncoding();
    /** What a uint16 says that is not there. */
    private static final int NONE = 65_535;

    private static SbeOracle oracle;

    @BeforeAll
    static void readTheSchema() throws Exception {
        oracle = new SbeOracle();
    }

    @Test
    void shouldHaveTheNumbersOfTheSchema() {
        assertThat(oracle.ir().id()).isEqualTo(SbeSchema.ID);
        assertThat(oracle.ir().version()).isEqualTo(SbeSchema.VERSION);
        assertThat(oracle.ir().messages().stream()
                        .map(tokens -> tokens.get(0).id() + " " + tokens.get(0).name() + " "
                                + tokens.get(0).encodedLength()))
                .containsExactlyInAnyOrder(
                        "1 BookSnapshot 52",
                        "2 BookDelta 52",
                        "3 BestBidOffer 52",
                        "4 Trades 12",
                        "5 Candle 65",
                        "6 Heartbeat 9",
                        "7 Instruments 0",
                        "8 InstrumentStatus 13",
                        "9 Ticker 92");
    }

    @Test
    void shouldLayOutADeltaByteForByte() {
        Instrument instrument = new SampleData(1).instrument(0x01020304);
        Levels bids = new Levels(new long[] {-2}, new long[] {0x11});
        BookUpdate delta = new BookUpdate(0x01020304, 10, 0x55, 6, 7, 8, 0xCAFEBABE, bids, Levels.NONE);

        assertThat(ByteBufUtil.hexDump(written(out -> SBE.encode(delta, instrument, 9, out))))
                .isEqualTo("00000056" + "eb50" + "3000" + "0200" + "b704" + "0100"
                        + "04030201" + "bebafeca"
                        + "5500000000000000" + "0600000000000000" + "0700000000000000"
                        + "0800000000000000" + "0900000000000000"
                        + "1000" + "0100" + "feffffffffffffff" + "1100000000000000"
                        + "1000" + "0000");
    }

    @Test
    void shouldSayOfAGatheredBookToWhatBehindAllElse() {
        Instrument instrument = new SampleData(1).instrument(0x01020304);
        BookUpdate snapshot = new BookUpdate(0x01020304, 100, 250, 0x55, 0, 7, 8, 0xCAFEBABE, Levels.NONE, Levels.NONE);

        assertThat(ByteBufUtil.hexDump(written(out -> SBE.encode(snapshot, instrument, 9, out))))
                .isEqualTo("0000004a" + "eb50" + "3400" + "0100" + "b704" + "0200"
                        + "04030201" + "bebafeca"
                        + "5500000000000000" + "0000000000000000" + "0700000000000000"
                        + "0800000000000000" + "0900000000000000"
                        + "6400" + "fa00"
                        + "1000" + "0000" + "1000" + "0000");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldWriteWhatTheOfficialToolReads(long seed) {
        SampleData data = new SampleData(seed);
        for (int i = 0; i < 20; i++) {
            Instrument instrument = data.instrument();
            BookUpdate book = data.book(instrument);
            long sentMicros = data.integer();
            BestBidOffer bbo = data.bestBidOffer(instrument);
            Trades trades = data.trades(instrument);
            Candle candle = data.candle(instrument);
            FeedStatus status = data.feedStatus();
            List<ListedInstrument> instruments = data.instruments();
            InstrumentStatus state = data.status();
            Ticker ticker = data.ticker(instrument);

            assertThat(read(out -> SBE.encode(book, instrument, sentMicros, out)))
                    .isEqualTo(expected(book, sentMicros));
            assertThat(read(out -> SBE.encode(bbo, instrument, out))).isEqualTo(expected(bbo));
            assertThat(read(out -> SBE.encode(trades, instrument, out))).isEqualTo(expected(trades));
            assertThat(read(out -> SBE.encode(candle, instrument, out))).isEqualTo(expected(candle));
            assertThat(read(out -> SBE.encode(ticker, instrument, out))).isEqualTo(expected(ticker));
            assertThat(read(out -> SBE.encodeHeartbeat(status, sentMicros, out)))
                    .isEqualTo(new JsonObject().put("time", sentMicros).put("feed", status.name()));
            assertThat(read(out -> SBE.encodeInstruments(instruments, out))).isEqualTo(expected(instruments));
            assertThat(read(out -> SBE.encodeStatus(instrument, state, sentMicros, out)))
                    .isEqualTo(new JsonObject()
                            .put("instrument", instrument.id())
                            .put("time", sentMicros)
                            .put("status", state.name()));
        }
    }

    @Test
    void shouldKeepTheBytesOfTradesWithoutNames() {
        Trade plain = new Trade(5, 6, Side.BID, 7, 8);
        Trade named = new Trade(6, 6, Side.ASK, 7, 8, "v-1");
        Instrument instrument = new SampleData(1).instrument(1);

        assertThat(ByteBufUtil.hexDump(
                        written(out -> SBE.encode(new Trades(1, 1, 0, List.of(plain)), instrument, out))))
                .startsWith("0000003f" + "eb50" + "0c00" + "0400" + "b704" + "0100")
                .endsWith("2100" + "0100" + "0500000000000000" + "0600000000000000" + "0700000000000000"
                        + "0800000000000000" + "00");
        assertThat(ByteBufUtil.hexDump(
                        written(out -> SBE.encode(new Trades(1, 1, 0, List.of(named)), instrument, out))))
                .startsWith("00000063" + "eb50" + "0c00" + "0400" + "b704" + "0200")
                .endsWith("4500" + "0100" + "0600000000000000" + "0600000000000000" + "0700000000000000"
                        + "0800000000000000" + "01" + "762d31" + "00".repeat(33));
    }

    @Test
    void shouldRefuseAGroupThatItsDimensionCannotCount() {
        Levels tooMany = new Levels(new long[65535], new long[65535]);
        BookUpdate update = new BookUpdate(1, 500, 1, 0, 1, 1, 0, tooMany, Levels.NONE);

        assertThatThrownBy(() -> written(out -> SBE.encode(update, new SampleData(1).instrument(1), 1, out)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at most 65534 entries in a group, got 65535");
    }

    private static JsonObject expected(BookUpdate book, long sentMicros) {
        return new JsonObject()
                .put("instrument", book.instrumentId())
                .put("checksum", Integer.toUnsignedLong(book.checksum()))
                .put("epoch", book.epoch())
                .put("previous", book.previous())
                .put("sequence", book.sequence())
                .put("time", book.timeMicros())
                .put("sent", sentMicros)
                .put("depth", book.isGrouped() ? book.depth() : NONE)
                .put("group", book.isGrouped() ? book.group() : NONE)
                .put("bids", expected(book.bids()))
                .put("asks", expected(book.asks()));
    }

    private static JsonArray expected(Levels levels) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < levels.count(); i++) {
            array.add(new JsonObject().put("priceTicks", levels.priceTicks(i)).put("sizeLots", levels.sizeLots(i)));
        }
        return array;
    }

    private static JsonObject expected(BestBidOffer bbo) {
        return new JsonObject()
                .put("instrument", bbo.instrumentId())
                .put("sequence", bbo.sequence())
                .put("time", bbo.timeMicros())
                .put("bidPriceTicks", bbo.bidPriceTicks())
                .put("bidSizeLots", bbo.bidSizeLots())
                .put("askPriceTicks", bbo.askPriceTicks())
                .put("askSizeLots", bbo.askSizeLots());
    }

    private static JsonObject expected(Trades trades) {
        JsonArray array = new JsonArray();
        for (Trade trade : trades.trades()) {
            array.add(new JsonObject()
                    .put("id", trade.id())
                    .put("time", trade.timeMicros())
                    .put("priceTicks", trade.priceTicks())
                    .put("sizeLots", trade.sizeLots())
                    .put("side", trade.taker() == Side.BID ? "BUY" : "SELL")
                    .put("venueId", trade.venueId() == null ? "" : trade.venueId()));
        }
        return new JsonObject()
                .put("instrument", trades.instrumentId())
                .put("missed", trades.missed())
                .put("trades", array);
    }

    private static JsonObject expected(Candle candle) {
        return new JsonObject()
                .put("instrument", candle.instrumentId())
                .put("intervalSeconds", candle.interval().seconds())
                .put("start", candle.startMicros())
                .put("openTicks", candle.openTicks())
                .put("highTicks", candle.highTicks())
                .put("lowTicks", candle.lowTicks())
                .put("closeTicks", candle.closeTicks())
                .put("volumeLots", candle.volumeLots())
                .put("trades", candle.trades())
                .put("closed", candle.closed() ? "YES" : "NO");
    }

    private static JsonObject expected(Ticker ticker) {
        return new JsonObject()
                .put("instrument", ticker.instrumentId())
                .put("time", ticker.timeMicros())
                .put("lastTicks", ticker.lastTicks())
                .put("openTicks", ticker.openTicks())
                .put("highTicks", ticker.highTicks())
                .put("lowTicks", ticker.lowTicks())
                .put("volumeLots", ticker.volumeLots())
                .put("trades", ticker.trades())
                .put("bidPriceTicks", ticker.best().bidPriceTicks())
                .put("bidSizeLots", ticker.best().bidSizeLots())
                .put("askPriceTicks", ticker.best().askPriceTicks())
                .put("askSizeLots", ticker.best().askSizeLots());
    }

    private static JsonObject expected(List<ListedInstrument> instruments) {
        JsonArray array = new JsonArray();
        for (ListedInstrument listed : instruments) {
            Instrument instrument = listed.instrument();
            array.add(new JsonObject()
                    .put("id", instrument.id())
                    .put("tickMantissa", instrument.tickSize().mantissa())
                    .put("tickExponent", instrument.tickSize().exponent())
                    .put("lotMantissa", instrument.lotSize().mantissa())
                    .put("lotExponent", instrument.lotSize().exponent())
                    .put("status", listed.status().name())
                    .put("symbol", instrument.symbol()));
        }
        return new JsonObject().put("instruments", array);
    }

    private static JsonObject read(Consumer<ByteBuf> writer) {
        return oracle.read(written(writer));
    }

    private static ByteBuf written(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer(0);
        writer.accept(out);
        return out;
    }
}
