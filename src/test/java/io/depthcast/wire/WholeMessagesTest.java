package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages deflated as a whole, read by an inflater that knows nothing of it. */
class WholeMessagesTest {
    private static final int SMALL_WINDOW_BYTES = 4_096;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final FrameFactory factory = new FrameFactory(allocator);
    private final WholeMessages whole = new WholeMessages(allocator);
    private final List<Frame> frames = new ArrayList<>();

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        frames.forEach(Frame::release);
        factory.close();
        whole.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldInflateToWhatThePlainMessageSays(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            frames.add(factory.frame(FrameFactory.bytes(random, random.nextInt(12_000))));
        }
        for (Form form : FrameFactory.deflatedForms()) {
            for (int count = 1; count <= frames.size(); count += 1 + random.nextInt(3)) {
                List<Frame> some = frames.subList(0, count);
                ReceivedMessage message = ReceivedMessage.take(whole.of(form, some));

                assertThat(message.deflated()).isTrue();
                assertThat(message.opcode()).isEqualTo(form.encoding().isBinary() ? 2 : 1);
                assertThat(message.payload())
                        .isEqualTo(ReceivedMessage.take(WebSocketMessage.of(allocator, form.plain(), some))
                                .payload());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.depthcast.wire.FrameFactory#smallForms")
    void shouldReferNowhereBeyondASmallWindow(Form form) {
        for (int i = 0; i < 10; i++) {
            frames.add(
                    factory.frame("[\"64000.1\",\"0.5200\"]".repeat(20 + 50 * i).getBytes(UTF_8)));
        }
        byte[] wire = ReceivedMessage.take(whole.of(form, frames)).wire();
        byte[] withTail = Arrays.copyOf(wire, wire.length + 4);
        withTail[wire.length + 2] = (byte) 0xFF;
        withTail[wire.length + 3] = (byte) 0xFF;

        assertThat(BackReferences.longest(withTail)).isPositive().isLessThanOrEqualTo(SMALL_WINDOW_BYTES);
    }

    @Test
    void shouldReferFromOneFrameToThoseBefore() {
        byte[] noise = new byte[1_000];
        new Random(1).nextBytes(noise);
        byte[] shrinking = Arrays.copyOf(noise, 2_000);
        frames.add(factory.frame(shrinking));
        frames.add(factory.frame(shrinking));

        ByteBuf spliced = WebSocketMessage.of(allocator, Form.SBE_DEFLATED, frames);
        ByteBuf together = whole.of(Form.SBE_DEFLATED, frames);

        assertThat(spliced.readableBytes()).isGreaterThan(2_000);
        assertThat(together.readableBytes()).isLessThan(1_100);
        spliced.release();
        together.release();
    }

    @Test
    void shouldOnlyBeTriedWhereSeveralFramesShrinkApart() {
        frames.add(factory.frame(new byte[500]));
        frames.add(factory.frame(new byte[700]));
        byte[] noise = new byte[500];
        new Random(2).nextBytes(noise);
        frames.add(factory.frame(noise));
        frames.add(factory.frame(noise));

        assertThat(List.of(
                        bytes(Form.SBE_DEFLATED, frames.subList(0, 2)),
                        bytes(Form.JSON_DEFLATED, frames.subList(0, 2)),
                        bytes(Form.SBE, frames.subList(0, 2)),
                        bytes(Form.SBE_DEFLATED, frames.subList(0, 1)),
                        bytes(Form.SBE_DEFLATED, frames.subList(2, 4))))
                .isEqualTo(List.of(1_200, 1_203, 0, 0, 0));
    }

    private int bytes(Form form, List<Frame> some) {
        ByteBuf spliced = WebSocketMessage.of(allocator, form, some);
        int bytes = WholeMessages.bytes(form, some, spliced);
        spliced.release();
        return bytes;
    }
}
