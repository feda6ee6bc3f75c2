package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.Trade;
import io.depthcast.book.Trades;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the encoder refuses; what it writes is held against decoders and documents elsewhere. */
class CompactEncodingTest {
    private static final CompactEncoding COMPACT = new CompactEncoding();
    private static final Instrument INSTRUMENT =
            new Instrument(1, "ODD", StepSize.parse("0.25"), StepSize.parse("0.1"));
    private static final long TOO_MUCH = 1L << 53;

    static Stream<Arguments> whatCannotBeCarried() {
        return Stream.of(
                refused("a sequence", "sequence", book(1, 0, TOO_MUCH, 1, Levels.NONE, Levels.NONE)),
                refused("an epoch", "epoch", book(-1, 0, 1, 1, Levels.NONE, Levels.NONE)),
                refused("a time", "time", book(1, 0, 1, -1, Levels.NONE, Levels.NONE)),
                refused("a delta backwards", "previous", book(1, 5, 5, 1, Levels.NONE, Levels.NONE)),
                refused("a negative previous", "previous", book(1, -1, 5, 1, Levels.NONE, Levels.NONE)),
                refused("bids upwards", "best first", book(1, 0, 1, 1, levels(7, 8), Levels.NONE)),
                refused("a bid twice", "best first", book(1, 0, 1, 1, levels(7, 7), Levels.NONE)),
                refused("asks downwards", "best first", book(1, 0, 1, 1, Levels.NONE, levels(8, 7))),
                refused("a negative size", "sizeLots", book(1, 0, 1, 1, sized(-1), Levels.NONE)),
                refused(
                        "a negative best size",
                        "askSizeLots",
                        out -> COMPACT.encode(new BestBidOffer(1, 1, 1, 1, 1, 1, 2, -1), INSTRUMENT, out)),
                refused(
                        "a negative trade",
                        "sizeLots",
                        out -> COMPACT.encode(
                                new Trades(1, 1, 0, List.of(new Trade(1, 1, Side.BID, 1, -1))), INSTRUMENT, out)),
                refused(
                        "too many missed",
                        "missed",
                        out -> COMPACT.encode(new Trades(1, 1, TOO_MUCH, List.of()), INSTRUMENT, out)),
                refused("a candle between two", "start", candle(61_000_000, 1)),
                refused("a negative volume", "volumeLots", candle(60_000_000, -1)),
                refused("a heartbeat before 1970", "time", out -> COMPACT.encodeHeartbeat(FeedStatus.LIVE, -1, out)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatCannotBeCarried")
    void shouldRefuseWhatItCannotCarry(String what, String field, Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();

        assertThatThrownBy(() -> writer.accept(out))
                .as(what)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @Test
    void shouldRefuseAMessageThatItsLengthCannotCount() {
        List<ListedInstrument> many = Stream.generate(() -> ListedInstrument.open(INSTRUMENT))
                .limit(2_000_000)
                .toList();

        assertThatThrownBy(() -> COMPACT.encodeInstruments(many, Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes of a message");
    }

    @Test
    void shouldKeepTheBytesOfTradesWithoutNames() {
        Trade plain = new Trade(5, 6, Side.BID, 7, 8);
        Trade named = new Trade(6, 6, Side.ASK, 7, 8, "v-1");
        ByteBuf without = Unpooled.buffer();
        ByteBuf with = Unpooled.buffer();

        COMPACT.encode(new Trades(1, 1, 0, List.of(plain)), INSTRUMENT, without);
        COMPACT.encode(new Trades(1, 1, 0, List.of(plain, named)), INSTRUMENT, with);

        assertThat(ByteBufUtil.hexDump(without)).isEqualTo("060001" + "0a" + "0c" + "0e" + "10");
        assertThat(ByteBufUtil.hexDump(with))
                .isEqualTo("1b070000" + "01" + "02" + "00" + "03762d31" + "060002" + "0a0c0e10" + "00000011");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldProveByTheCrcOfZlib(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            long[] known = {random.nextLong(), random.nextLong(TOO_MUCH), random.nextInt(100)};
            ByteBuffer bytes = ByteBuffer.allocate(3 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(known);
            CRC32 crc = new CRC32();
            crc.update(bytes);

            assertThat(CompactFormat.proof(known[0], known[1], known[2])).isEqualTo((int) crc.getValue());
        }
    }

    private static Arguments refused(String what, String field, Consumer<ByteBuf> writer) {
        return Arguments.of(what, field, writer);
    }

    private static Consumer<ByteBuf> book(
            long epoch, long previous, long sequence, long timeMicros, Levels bids, Levels asks) {
        BookUpdate update = new BookUpdate(1, 25, epoch, previous, sequence, timeMicros, 0, bids, asks);
        return out -> COMPACT.encode(update, INSTRUMENT, 1, out);
    }

    private static Consumer<ByteBuf> candle(long startMicros, long volumeLots) {
        Candle candle = new Candle(1, CandleInterval.ONE_MINUTE, startMicros, 1, 1, 1, 1, volumeLots, 1, false);
        return out -> COMPACT.encode(candle, INSTRUMENT, out);
    }

    private static Levels levels(long... priceTicks) {
        return new Levels(priceTicks, new long[priceTicks.length]);
    }

    private static Levels sized(long sizeLots) {
        return new Levels(new long[] {1}, new long[] {sizeLots});
    }
}
