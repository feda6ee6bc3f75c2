package io.depthcast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookUpdate;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactDecoderTest {
    private static final Instrument INSTRUMENT =
            new Instrument(1, "ODD", StepSize.parse("0.25"), StepSize.parse("0.1"));
    private static final long SENT_MICROS = 1_795_363_205_000_000L;
    private static final long BEST_BID = 10;
    private static final long BEST_ASK = 11;
    private static final Levels BIDS = new Levels(new long[] {7}, new long[] {9}, BEST_BID);
    private static final Levels ASKS = new Levels(new long[] {13}, new long[] {0}, BEST_ASK);
    private static final Version HELD = new Version(1_795_363_200_000_000L, 812);
    private static final int CHECKSUM = 0x12345678;

    private final Recording recording = new Recording();

    @Test
    void shouldSkipATypeItDoesNotKnow() {
        assertThat(decode("8f03 020000 0909 0f020000 0500 0f020000 0501")).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard)
                .isEqualTo(List.of(
                        new Recording.Heartbeat(FeedStatus.LIVE, 5), new Recording.Heartbeat(FeedStatus.STALE, 5)));
    }

    @Test
    void shouldSkipWhatFollowsTheFieldsItKnows() {
        assertThat(decode("0f050000 0500 777777 0f020000 0501")).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRUNCATED",
        "00 00000000 0000 81000d00, BAD_VALUE", // instrument 0
        "8400 00000000 0000 81000d00, BAD_VALUE", // a lead longer than it need be
        "04 00000000 0000 81000d01, BAD_VALUE", // a bit behind the last level
        "04 00000000 0000 000000000001000000000002 04003400, BAD_VALUE", // an advance beyond 2^53
        "04 00000000 0000 0000000000000000 ffffffffffffffffff, BAD_VALUE", // 64 zeros
        "04 00000000 0000 0000000000000001 fffffffffffffffffc003400, BAD_VALUE", // beyond 64 bits
        "04 00000000 0000 81001500, BAD_VALUE", // before 1970
        "04 00000000 0000 810007fffffe, TRUNCATED", // the full time
        "04 00000000 0000 81000807d50000, TRUNCATED", // more bids than bits
        "04 00000000 0000 81000c0000000002000000000400, TRUNCATED", // more asks than bits
        "04 00000000 0000 81000f054000000000000000 8000000000000001, BAD_VALUE", // a size beyond an int64
        "04 00000000 0000 81000a404000000000000000 1000000000000000 10, BAD_VALUE", // a gap around the end of the
        // numbers
        "04 00000000 0000 81000c800000000000000000 8000000000000020, BAD_VALUE",
        "06 00 ffffff7f, TRUNCATED",
        "0f 030000 0500, TRUNCATED",
        "0f 020000 0503, BAD_VALUE",
        "0f 010000 05, TRUNCATED",
        "0f 080000 ffffffffffffff0f, TRUNCATED", // the length leaves no room for the feed
        "0f 0a0000 808080808080808001 00, BAD_VALUE", // a time beyond 2^53
        "13 080000 01 01 01 13 01 01 01 41, BAD_VALUE", // 19 decimals
        "13 080000 01 01 01 01 01 01 01 61, BAD_VALUE" // a small letter
    })
    void shouldRefuseWhatMakesNoSense(String hex, DecodeResult expected) {
        assertThat(decode(hex)).isEqualTo(expected);
        assertThat(recording.heard).isEmpty();
    }

    @Test
    void shouldHearTheLeastDelta() {
        assertThat(decode("04 00000000 0000 81000d00")).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("waitingBooks")
    void shouldLeaveOutADeltaOfABookThatWaitsForItsSnapshot(@Nullable ProvedBook waiting) {
        CompactDecoder decoder = new CompactDecoder(instrumentId -> waiting, recording);

        assertThat(decoder.decode(delta())).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard).isEmpty();
    }

    static Stream<Arguments> waitingBooks() {
        return Stream.of(Arguments.of((Object) null), Arguments.of(new ProvedBook()));
    }

    @Test
    void shouldTellTheFirstPricesFromTheBestHeld() {
        BookMessage heard = heard(HELD, SENT_MICROS);
        assertThat(List.of(heard.bids(), heard.asks())).isEqualTo(List.of(BIDS, ASKS));

        CompactDecoder higher = new CompactDecoder(id -> BookAt.version(HELD, BEST_BID + 3, BEST_ASK + 4), recording);
        assertThat(higher.decode(delta())).isEqualTo(DecodeResult.DECODED);
        BookMessage moved = (BookMessage) recording.heard.get(1);
        assertThat(List.of(moved.bids().priceTicks(0), moved.asks().priceTicks(0)))
                .isEqualTo(List.of(BIDS.priceTicks(0) + 3, ASKS.priceTicks(0) + 4));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldOnlyRefuseWhateverBytesCome(long seed) {
        Random random = new Random(seed);
        CompactDecoder decoder = new CompactDecoder(id -> BookAt.version(HELD, BEST_BID, BEST_ASK), recording);
        int decoded = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (4 + random.nextInt(4));
            decoded += decoder.decode(Unpooled.wrappedBuffer(bytes)) == DecodeResult.DECODED ? 1 : 0;
        }
        assertThat(decoded).isBetween(1, 49_999);
    }

    @ParameterizedTest
    @ValueSource(longs = {-59_999_000, -1_000, 0, 1_000, 5_536_000})
    void shouldHearTheChecksumWhenTheClockIsNearEnough(long fromSentMicros) {
        assertThat(heard(HELD, SENT_MICROS + fromSentMicros))
                .extracting(BookMessage::checksum, BookMessage::sentMicros, BookMessage::timeMicros)
                .containsExactly(CHECKSUM, SENT_MICROS, SENT_MICROS - 3);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, -60000000", "0, 0, 5537000", "1, 0, 0", "-1000000, 0, 0", "0, 1, 0", "0, -1, 0", "1, 1, 0"})
    void shouldHearAnotherChecksumWhenItsGuessIsWrong(long epoch, long sequence, long fromSentMicros) {
        Version wrong = new Version(HELD.epoch() + epoch, HELD.sequence() + sequence);

        assertThat(heard(wrong, SENT_MICROS + fromSentMicros).checksum()).isNotEqualTo(CHECKSUM);
    }

    private BookMessage heard(Version held, long clockMicros) {
        CompactDecoder decoder = new CompactDecoder(id -> BookAt.version(held, BEST_BID, BEST_ASK), recording);
        decoder.clock(clockMicros);
        assertThat(decoder.decode(delta())).isEqualTo(DecodeResult.DECODED);
        return (BookMessage) recording.heard.get(0);
    }

    private static ByteBuf delta() {
        ByteBuf out = Unpooled.buffer();
        BookUpdate delta = new BookUpdate(
                1, 25, HELD.epoch(), HELD.sequence(), HELD.sequence() + 1, SENT_MICROS - 3, CHECKSUM, BIDS, ASKS);
        Encodings.COMPACT.encode(delta, INSTRUMENT, SENT_MICROS, out);
        return out;
    }

    private DecodeResult decode(String hex) {
        ByteBuf frame = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
        return new CompactDecoder(id -> BookAt.version(HELD, BEST_BID, BEST_ASK), recording).decode(frame);
    }
}
