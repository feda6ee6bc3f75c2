package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketMessageTest {
    private static final String PAIR = "\uD83D\uDCC8";

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0,2", "1,2", "125,2", "126,4", "65535,4", "65536,10", "102400,10"})
    void shouldUseTheShortestHeaderThatHoldsTheLength(int payloadBytes, int headerBytes) {
        byte[] payload = new byte[payloadBytes];
        new Random(payloadBytes).nextBytes(payload);
        FrameFactory factory = new FrameFactory(allocator);
        Frame frame = factory.frame(payload, Form.SBE.bit());

        ReceivedMessage received = ReceivedMessage.take(WebSocketMessage.of(allocator, Form.SBE, List.of(frame)));

        assertThat(List.of(received.headerBytes(), received.opcode(), received.deflated()))
                .isEqualTo(List.of(headerBytes, 2, false));
        assertThat(received.payload()).isEqualTo(payload);
        frame.release();
        factory.close();
    }

    @Test
    void shouldWriteControlFramesAsTheRfcHasThem() {
        ByteBuf payload = Unpooled.copiedBuffer("-Hello", UTF_8).skipBytes(1);

        assertThat(hex(WebSocketMessage.text(allocator, payload))).isEqualTo("810548656c6c6f");
        assertThat(hex(WebSocketMessage.pong(allocator, payload))).isEqualTo("8a0548656c6c6f");
        assertThat(hex(WebSocketMessage.pong(allocator, Unpooled.EMPTY_BUFFER))).isEqualTo("8a00");
        assertThat(hex(WebSocketMessage.ping(allocator, 258))).isEqualTo("89080000000000000102");
        assertThat(hex(WebSocketMessage.close(allocator, 4001, "no"))).isEqualTo("88040fa16e6f");
        assertThat(hex(WebSocketMessage.close(allocator, 1000, ""))).isEqualTo("880203e8");
        assertThat(payload.readableBytes()).isEqualTo(5);
        payload.release();
    }

    @ParameterizedTest
    @CsvSource({"a,123,a,123", "a,124,a,123", "a,5000,a,123", "é,61,é,61", "é,62,é,61", "€,41,€,41", "€,42,€,41"})
    void shouldCutAReasonToWhatAControlFrameHolds(String unit, int times, String keptUnit, int keptTimes) {
        assertThat(sentReason(unit.repeat(times))).isEqualTo(keptUnit.repeat(keptTimes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldNotCutWithinASurrogatePair(int shift) {
        String kept = "x".repeat(shift) + PAIR.repeat((WebSocketMessage.MAX_REASON_BYTES - shift) / 4);

        assertThat(sentReason(kept + PAIR + PAIR)).isEqualTo(kept);
    }

    @Test
    void shouldSendAQuestionMarkForHalfAPair() {
        assertThat(sentReason("a\uD83D")).isEqualTo("a?");
    }

    private String sentReason(String reason) {
        ReceivedMessage close = ReceivedMessage.take(WebSocketMessage.close(allocator, 4000, reason));
        assertThat(List.of(close.opcode(), close.headerBytes(), close.closeCode()))
                .isEqualTo(List.of(8, 2, 4000));
        assertThat(close.payload().length).isLessThanOrEqualTo(125);
        return close.closeReason();
    }

    private static String hex(ByteBuf message) {
        String hex = ByteBufUtil.hexDump(message);
        message.release();
        return hex;
    }
}
