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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactDecoderTest {
    private static final Instrument INSTRUMENT =
            new Instrument(1, "ODD", StepSize.parse("0.25"), StepSize.parse("0.1"));
    private static final long SENT_MICROS = 1_795_363_205_000_000L;
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
        "00 01 00000000 0000 01 00, BAD_VALUE", // instrument 0
        "8400 01 00000000 0000 01 00, BAD_VALUE", // a lead longer than it need be
        "04 00 00000000 0000 01 00, BAD_VALUE", // no advance
        "04 8100 00000000 0000 01 00, BAD_VALUE",
        "04 01 00000000 0000 01 10 00 f8, BAD_VALUE", // minus nothing
        "04 01 00000000 0000 01 10 00 fc, BAD_VALUE", // a wide gap is no first price
        "04 01 00000000 0000 01 10 ffffffffffffffff7f 00, BAD_VALUE", // beyond an int64
        "04 01 00000000 0000 01 10 ffffffffffffffffff02 00, BAD_VALUE", // beyond 64 bits
        "04 01 00000000 0000 01 20 00 00 fc ffffffffffffffffff01, BAD_VALUE", // a gap around the end of the numbers
        "04 01 00000000 0000 01 20 01 f8 fc b7ffffffffffffffff01, BAD_VALUE",
        "04 01 00000000 0000 01 f0 80808008, TRUNCATED", // more levels than bytes
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
    void shouldLeaveOutADeltaOfABookThatWaitsForItsSnapshot() {
        CompactDecoder decoder = new CompactDecoder(instrumentId -> null, recording);

        assertThat(decoder.decode(delta())).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard).isEmpty();
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
        CompactDecoder decoder = new CompactDecoder(instrumentId -> held, recording);
        decoder.clock(clockMicros);
        assertThat(decoder.decode(delta())).isEqualTo(DecodeResult.DECODED);
        return (BookMessage) recording.heard.get(0);
    }

    private static ByteBuf delta() {
        ByteBuf out = Unpooled.buffer();
        BookUpdate delta = new BookUpdate(
                1,
                25,
                HELD.epoch(),
                HELD.sequence(),
                HELD.sequence() + 1,
                SENT_MICROS - 3,
                CHECKSUM,
                new Levels(new long[] {7}, new long[] {9}),
                Levels.NONE);
        Encodings.COMPACT.encode(delta, INSTRUMENT, SENT_MICROS, out);
        return out;
    }

    private DecodeResult decode(String hex) {
        ByteBuf frame = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
        return new CompactDecoder(instrumentId -> HELD, recording).decode(frame);
    }
}
