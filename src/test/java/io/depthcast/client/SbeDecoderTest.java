package io.depthcast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Levels;
import io.depthcast.wire.FeedStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SbeDecoderTest {
    private final Recording recording = new Recording();

    @Test
    void shouldSkipATemplateItDoesNotKnow() {
        ByteBuf frame = Unpooled.buffer();
        message(frame, 11, 99, 1207, 2, new byte[11]);
        heartbeat(frame, 9, 1, new byte[0]);

        assertThat(decode(frame)).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard).isEqualTo(List.of(new Recording.Heartbeat(FeedStatus.STALE, 5)));
    }

    @Test
    void shouldSkipFieldsBeyondABlockItKnows() {
        ByteBuf frame = Unpooled.buffer();
        heartbeat(frame, 13, 1, new byte[4]);
        heartbeat(frame, 9, 2, new byte[20]);

        assertThat(decode(frame)).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard)
                .isEqualTo(List.of(
                        new Recording.Heartbeat(FeedStatus.STALE, 5), new Recording.Heartbeat(FeedStatus.HALTED, 5)));
    }

    @ParameterizedTest
    @CsvSource({"10, 25, 10", "65535, 0, 1"})
    void shouldSkipFieldsBeyondABlockAndAGroupEntryItKnows(int group, int heardDepth, int heardGroup) {
        ByteBuf body = Unpooled.buffer();
        body.writeIntLE(7).writeIntLE(-1);
        for (long value : new long[] {1, 0, 3, 4, 5}) {
            body.writeLongLE(value);
        }
        body.writeShortLE(25).writeShortLE(group).writeIntLE(0x77777777);
        body.writeShortLE(18).writeShortLE(2);
        body.writeLongLE(-100).writeLongLE(1).writeShortLE(0x5555);
        body.writeLongLE(-101).writeLongLE(2).writeShortLE(0x5555);
        body.writeShortLE(16).writeShortLE(0);
        ByteBuf frame = Unpooled.buffer();
        message(frame, 56, 1, 1207, 3, bytes(body));

        assertThat(decode(frame)).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard)
                .isEqualTo(List.of(new BookMessage(
                        7,
                        heardDepth,
                        heardGroup,
                        1,
                        0,
                        3,
                        4,
                        5,
                        -1,
                        new Levels(new long[] {-100, -101}, new long[] {1, 2}),
                        Levels.NONE)));
    }

    @ParameterizedTest
    @CsvSource({
        "000000170000 0900 0600 b704 0100 0500000000000000 00, BAD_FRAMING",
        "17000000eb50 0900 0600 b704 0100 0500000000000000 00, TRUNCATED",
        "00000017eb50 0800 0600 b704 0100 0500000000000000 00, BAD_FRAMING",
        "00000017eb50 0a00 0600 b704 0100 0500000000000000 00, TRUNCATED",
        "00000017eb50 0900 0600 b804 0100 0500000000000000 00, WRONG_SCHEMA",
        "00000017eb50 0900 0600 b704 0000 0500000000000000 00, WRONG_SCHEMA",
        "00000017eb50 0900 0600 b704 0100 0500000000000080 00, BAD_VALUE",
        "00000017eb50 0900 0600 b704 0100 0500000000000000 03, BAD_VALUE",
        "00000016eb50 0900 0600 b704 0100 0500000000000000 00, TRUNCATED",
        "0000000deb50 0900 0600 b704 0100 0500000000000000 00, BAD_FRAMING",
        "ffffffffeb50 0900 0600 b704 0100 0500000000000000 00, TRUNCATED",
        "0000001eeb50 0c00 0400 b704 0100 01000000 0000000000000000 2100 ffff, TRUNCATED",
        "0000001eeb50 0c00 0400 b704 0100 01000000 0000000000000000 0000 ffff, TRUNCATED"
    })
    void shouldRefuseWhatMakesNoSense(String hex, DecodeResult expected) {
        ByteBuf frame = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));

        assertThat(decode(frame)).isEqualTo(expected);
        assertThat(recording.heard).isEmpty();
    }

    private DecodeResult decode(ByteBuf frame) {
        return new SbeDecoder(recording).decode(frame);
    }

    private static void heartbeat(ByteBuf out, int blockLength, int feed, byte[] more) {
        ByteBuf body = Unpooled.buffer().writeLongLE(5).writeByte(feed).writeBytes(more);
        message(out, blockLength, 6, 1207, 1, bytes(body));
    }

    private static void message(ByteBuf out, int blockLength, int template, int schema, int version, byte[] body) {
        out.writeInt(14 + body.length).writeShort(0xEB50);
        out.writeShortLE(blockLength)
                .writeShortLE(template)
                .writeShortLE(schema)
                .writeShortLE(version);
        out.writeBytes(body);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
