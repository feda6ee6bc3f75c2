package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames deflated apart and spliced into one message, read by an inflater that knows nothing of it. */
class FrameSplicingTest {
    private static final int SMALL_WINDOW_BYTES = 4_096;
    private static final int[] SIZES = {0, 1, 5, 122, 700, 4_095, 4_096, 4_097, 32_768, 65_535, 65_536, 102_400};

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final FrameFactory factory = new FrameFactory(allocator);
    private final List<Frame> frames = new ArrayList<>();
    private final List<byte[]> plain = new ArrayList<>();

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        frames.forEach(Frame::release);
        factory.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldInflateToThePlainMessagesInWhateverOrderTheyAreSpliced(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            add(FrameFactory.bytes(random, size(random)));
        }
        for (Form form : FrameFactory.forms()) {
            for (int count = 1; count <= 9; count += 2) {
                List<Frame> spliced = new ArrayList<>();
                List<byte[]> expected = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    int index = random.nextInt(frames.size());
                    spliced.add(frames.get(index));
                    expected.add(plain.get(index));
                }
                assertThat(received(form, spliced).payload()).isEqualTo(joined(form, expected));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldReferNowhereBeyondASmallWindow(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            add(FrameFactory.bytes(random, size(random)));
            add("[\"64000.1\",\"0.5200\"]".repeat(1 + random.nextInt(400)).getBytes(StandardCharsets.UTF_8));
        }
        for (Frame frame : frames) {
            for (Form form : List.of(Form.JSON_DEFLATED_SMALL, Form.SBE_DEFLATED_SMALL)) {
                ReceivedMessage message = received(form, List.of(frame, frame));
                assertThat(message.deflated() ? BackReferences.longest(withTail(message.wire())) : 0)
                        .isLessThanOrEqualTo(SMALL_WINDOW_BYTES);
            }
        }
    }

    @Test
    void shouldUseTheWholeWindowWhereItMay() {
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        byte[] twice = new byte[40_000];
        System.arraycopy(noise, 0, twice, 0, 20_000);
        System.arraycopy(noise, 0, twice, 20_000, 20_000);
        add(twice);

        ReceivedMessage full = received(Form.SBE_DEFLATED, frames);
        assertThat(full.deflated()).isTrue();
        assertThat(BackReferences.longest(withTail(full.wire()))).isEqualTo(20_000);
        assertThat(received(Form.SBE_DEFLATED_SMALL, frames).deflated()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.depthcast.wire.FrameFactory#deflatedForms")
    void shouldSendPlainWhatDoesNotShrink(Form form) {
        byte[] noise = new byte[3_000];
        new Random(2).nextBytes(noise);
        add(noise);
        add(new byte[0]);
        add(new byte[] {'x'});

        for (List<Frame> some : List.of(frames, frames.subList(0, 1), frames.subList(1, 2), frames.subList(2, 3))) {
            ReceivedMessage message = received(form, some);
            assertThat(message.deflated()).isFalse();
            assertThat(message.payload())
                    .isEqualTo(joined(
                            form,
                            plain.subList(frames.indexOf(some.get(0)), frames.indexOf(some.get(0)) + some.size())));
        }
    }

    @ParameterizedTest
    @MethodSource("io.depthcast.wire.FrameFactory#deflatedForms")
    void shouldDeflateNoiseBesideWhatShrinksMore(Form form) {
        byte[] noise = new byte[70_000];
        new Random(3).nextBytes(noise);
        add(noise);
        add(new byte[5_000]);
        add(noise);

        ReceivedMessage message = received(form, frames);
        assertThat(message.deflated()).isTrue();
        assertThat(message.payload()).isEqualTo(joined(form, plain));
    }

    private void add(byte[] bytes) {
        plain.add(bytes);
        frames.add(factory.frame(bytes));
    }

    private ReceivedMessage received(Form form, List<Frame> some) {
        ReceivedMessage message = ReceivedMessage.take(WebSocketMessage.of(allocator, form, some));
        assertThat(message.opcode()).isEqualTo(form.encoding().isBinary() ? 2 : 1);
        return message;
    }

    private static int size(Random random) {
        return random.nextBoolean() ? SIZES[random.nextInt(SIZES.length)] : random.nextInt(8_000);
    }

    private static byte[] joined(Form form, List<byte[]> messages) {
        boolean array = !form.encoding().isBinary() && messages.size() > 1;
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < messages.size(); i++) {
            if (array) {
                joined.write(i == 0 ? '[' : ',');
            }
            joined.writeBytes(messages.get(i));
        }
        if (array) {
            joined.write(']');
        }
        return joined.toByteArray();
    }

    private static byte[] withTail(byte[] wire) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(wire);
        whole.writeBytes(new byte[] {0, 0, (byte) 0xFF, (byte) 0xFF});
        return whole.toByteArray();
    }
}
