package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import io.depthcast.book.Trades;
import io.depthcast.client.BookAt;
import io.depthcast.client.CompactDecoder;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.JsonDecoder;
import io.depthcast.client.ProvedBook;
import io.depthcast.wire.CompactFormat;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.ListedInstrument;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes in the document are those of the encoder, and say the same to the decoder as the JSON beside them. */
class DocumentedCompactTest {
    private static final Markdown PROTOCOL = Markdown.of("protocol.md");
    private static final Encoding COMPACT = Encodings.COMPACT;
    static final Instrument BITCOIN = new Instrument(1, "BTC-USD", StepSize.parse("0.1"), StepSize.parse("0.0001"));
    private static final Instrument ETHER =
            new Instrument(2, "ETH-USD", StepSize.parse("0.01"), StepSize.parse("0.001"));
    private static final List<ListedInstrument> LISTED =
            List.of(ListedInstrument.open(BITCOIN), new ListedInstrument(ETHER, InstrumentStatus.HALTED));
    private static final Version HELD = new Version(1_795_363_200_000_000L, 812);
    /** Of a delta: lead, check and time of sending. */
    private static final int BYTES_BEFORE_BITS = 1 + 4 + 2;

    static final long BEST_BID = 640_001;
    static final long BEST_ASK = 640_002;
    static final long BEST_GROUPED_BID = 640_000;
    static final long BEST_GROUPED_ASK = 640_010;

    @ParameterizedTest
    @CsvSource({
        "Compact snapshot, 0, The checksum, 0",
        "Compact delta, 0, The checksum, 1",
        "Compact grouped book, 0, Grouped books, 2",
        "Compact grouped book, 1, Grouped books, 3",
        "Compact best bid and offer, 0, bbo, 0",
        "Compact trades, 0, trades, 0",
        "Compact candle, 0, candle, 0",
        "Compact heartbeat, 0, heartbeat, 0",
        "Compact ticker, 0, ticker, 0",
        "Compact instrument status, 0, status, 0",
        "Compact venue ids, 0, trades, 1"
    })
    void shouldSayTheSameAsTheJson(String compact, int example, String json, int index) {
        ByteBuf text =
                Unpooled.copiedBuffer(PROTOCOL.section(json).fenced("json").get(index), StandardCharsets.UTF_8);
        HeardAgain readable = new HeardAgain();
        assertThat(new JsonDecoder(symbol -> BITCOIN, readable).decode(text)).isEqualTo(DecodeResult.DECODED);

        HeardAgain dense = decoded(documented(compact, example));
        assertThat(dense.messages).isEqualTo(readable.messages);
        assertThat(dense.bytesAgain).isEqualTo(List.of(documented(compact, example)));
    }

    @Test
    void shouldNameTheInstruments() {
        assertThat(decoded(documented("Compact instruments")).messages).isEqualTo(List.of(LISTED));
        ByteBuf out = Unpooled.buffer();
        COMPACT.encodeInstruments(LISTED, out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(documented("Compact instruments"));
    }

    @Test
    void shouldWriteTheProofOfTheExample() {
        assertThat(PROTOCOL.section("Compact delta").fenced("text").get(0))
                .contains(Integer.toHexString(CompactFormat.proof(HELD.epoch(), HELD.sequence(), 1_795_363_205_020L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Compact snapshot", "Compact delta"})
    void shouldShowTheBitsOfTheExamples(String heading) {
        StringBuilder bits = new StringBuilder();
        for (String line : PROTOCOL.section(heading).fenced("text").get(0).split("\n", -1)) {
            bits.append(
                    line.startsWith(" ") ? line.strip().replaceAll(" {2}.*", "").replace(" ", "") : "");
        }
        assertThat(bits).hasSizeGreaterThan(50);
        String digits = bits + "0".repeat(-bits.length() & 7);
        assertThat(documented(heading))
                .endsWith(new BigInteger("1" + digits, 2).toString(16).substring(1));
    }

    @Test
    void shouldWriteTheNumbers() {
        List<List<String>> rows = PROTOCOL.section("Compact bit fields").table(1);
        assertThat(rows).hasSizeGreaterThan(5);
        for (List<String> row : rows) {
            long advance = Long.parseLong(row.get(0)) + 1;
            String bytes = encoded(new BookUpdate(1, 25, 1, 1, 1 + advance, 1_000, 0, Levels.NONE, Levels.NONE));
            String bits = new BigInteger("1" + bytes.substring(2 * BYTES_BEFORE_BITS), 16).toString(2);
            assertThat(bits.substring(1)).startsWith(row.get(2).replaceAll("[` ]", ""));
        }
    }

    @Test
    void shouldWriteTheLevels() {
        List<List<String>> rows = PROTOCOL.section("Compact levels").table(2);
        assertThat(rows).hasSizeGreaterThan(5);
        for (List<String> row : rows) {
            Levels bids = new Levels(new long[] {Long.parseLong(row.get(1))}, new long[] {Long.parseLong(row.get(2))});
            assertThat(encoded(new BookUpdate(1, 25, 1, 0, 2, 1_000, 0, bids, Levels.NONE)))
                    .endsWith("0000000001" + hex(row.get(0)));
        }
    }

    @Test
    void shouldWriteTheIntegers() {
        List<List<String>> rows = PROTOCOL.section("Market data in compact").table(1);
        assertThat(rows).hasSizeGreaterThan(5);
        for (List<String> row : rows) {
            long value = Long.parseLong(row.get(0));
            if (!row.get(1).isEmpty()) {
                assertThat(encoded(new Trades(1, 1, value, List.of()))).isEqualTo("06" + hex(row.get(1)) + "00");
            }
            assertThat(encoded(new BestBidOffer(1, 1, 0, 0, value, 0, value, 0)))
                    .isEqualTo("050000" + hex(row.get(2)) + "000000");
        }
    }

    @Test
    void shouldGiveTheHeartbeatInTheMachineReadableDocument() {
        assertThat(Node.of("asyncapi.yaml")
                        .at("components")
                        .at("messages")
                        .at("compact")
                        .at("examples")
                        .items()
                        .get(0)
                        .at("payload")
                        .text())
                .isEqualTo(documented("Compact heartbeat"));
    }

    static String encoded(BookUpdate update) {
        ByteBuf out = Unpooled.buffer();
        COMPACT.encode(update, BITCOIN, 1_000, out);
        return ByteBufUtil.hexDump(out);
    }

    static String encoded(Trades trades) {
        ByteBuf out = Unpooled.buffer();
        COMPACT.encode(trades, BITCOIN, out);
        return ByteBufUtil.hexDump(out);
    }

    static String encoded(BestBidOffer bbo) {
        ByteBuf out = Unpooled.buffer();
        COMPACT.encode(bbo, BITCOIN, out);
        return ByteBufUtil.hexDump(out);
    }

    private static HeardAgain decoded(String bytes) {
        HeardAgain heard = new HeardAgain();
        ProvedBook held = BookAt.version(HELD, BEST_BID, BEST_ASK);
        ProvedBook grouped = BookAt.version(HELD, BEST_GROUPED_BID, BEST_GROUPED_ASK);
        CompactDecoder decoder = new CompactDecoder((instrumentId, depth, group) -> group == 1 ? held : grouped, heard);
        decoder.clock(1_795_363_205_000_000L);
        ByteBuf frame = Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes));
        assertThat(decoder.decode(frame)).isEqualTo(DecodeResult.DECODED);
        return heard;
    }

    /** The bytes of the example under a heading, without the remarks beside them. */
    private static String documented(String heading) {
        return documented(heading, 0);
    }

    private static String documented(String heading, int example) {
        StringBuilder bytes = new StringBuilder();
        for (String line : PROTOCOL.section(heading).fenced("text").get(example).split("\n", -1)) {
            bytes.append(hex(line.replaceAll(" {3}.*", "")));
        }
        return bytes.toString();
    }

    private static String hex(String digits) {
        return digits.replaceAll("[`\\s]", "");
    }
}
