package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final FrameFactory factory = new FrameFactory(allocator);

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        factory.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldEncodeOnceForAllFormsOfAnEncoding() {
        factory.frame(new byte[5_000]).release();

        assertThat(factory.work())
                .isEqualTo(List.of(
                        "encoded json",
                        "deflated json",
                        "deflated json",
                        "encoded sbe",
                        "deflated sbe",
                        "deflated sbe",
                        "encoded compact",
                        "deflated compact",
                        "deflated compact"));
    }

    @Test
    void shouldNotTryToDeflateWhatItsEncodingSaysIsTooSmall() {
        int least = Encodings.COMPACT.leastDeflatedBytes();
        Frame small = factory.frame(new byte[least - 1], Form.COMPACT_DEFLATED.bit());
        Frame large = factory.frame(new byte[least], Form.COMPACT_DEFLATED.bit());

        assertThat(factory.work()).isEqualTo(List.of("encoded compact", "encoded compact", "deflated compact"));
        assertThat(small.bytes(Form.COMPACT_DEFLATED).readableBytes()).isGreaterThan(least);
        ReceivedMessage alone =
                ReceivedMessage.take(WebSocketMessage.of(allocator, Form.COMPACT_DEFLATED, List.of(small)));
        assertThat(alone.deflated()).isFalse();
        ReceivedMessage both = ReceivedMessage.take(
                WebSocketMessage.of(allocator, Form.COMPACT_DEFLATED, List.of(small, large, small)));
        assertThat(both.deflated()).isTrue();
        assertThat(both.payload()).isEqualTo(new byte[3 * least - 2]);
        small.release();
        large.release();
    }

    @Test
    void shouldMakeOnlyWhatWasAskedFor() {
        Frame frame = factory.frame(new byte[100], Form.SBE_DEFLATED.bit());

        assertThat(factory.work()).isEqualTo(List.of("encoded sbe", "deflated sbe"));
        assertThat(frame.bytes(Form.SBE).readableBytes()).isEqualTo(100);
        assertThat(frame.bytes(Form.SBE_DEFLATED).readableBytes()).isLessThan(20);
        assertThatThrownBy(() -> frame.bytes(Form.JSON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame was made without json");
        frame.release();
    }

    @Test
    void shouldFreeTheBytesWithTheLastReferenceAndRefuseAnotherRelease() {
        Frame frame = factory.frame(new byte[100]);
        ByteBuf bytes = frame.bytes(Form.SBE);

        frame.retain();
        assertThat(frame.release()).isFalse();
        assertThat(bytes.refCnt()).isEqualTo(1);
        assertThat(frame.release()).isTrue();
        assertThat(List.of(frame.refCnt(), bytes.refCnt())).isEqualTo(List.of(0, 0));
        assertThatThrownBy(frame::release).isInstanceOf(IllegalReferenceCountException.class);
    }

    @Test
    void shouldLeaveTheFramesBytesAsTheyAreWhenTheyAreSent() {
        Frame frame = factory.frame(new byte[100]);
        ReceivedMessage first =
                ReceivedMessage.take(WebSocketMessage.of(allocator, Form.SBE_DEFLATED, List.of(frame, frame)));
        ReceivedMessage second =
                ReceivedMessage.take(WebSocketMessage.of(allocator, Form.SBE_DEFLATED, List.of(frame, frame)));

        assertThat(second.wire()).isEqualTo(first.wire());
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
    }

    @Test
    void shouldKeepNothingOfAMessageThatCouldNotBeEncoded() {
        FrameEncoder encoder = factory.encoder();

        assertThatThrownBy(() -> encoder.encode(0, 0, Form.ALL_OF_OURS, (encoding, out) -> {
                    out.writeLong(1);
                    if (encoding.isBinary()) {
                        throw new IllegalStateException("no such field");
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldKeepNothingOfAMessageThatComesAfterTheEnd() {
        FrameEncoder encoder = factory.encoder();
        encoder.close();

        assertThatThrownBy(() -> encoder.encode(0, 0, Form.ALL_OF_OURS, (encoding, out) -> out.writeLong(1)))
                .hasMessageContaining("closed");
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }
}
