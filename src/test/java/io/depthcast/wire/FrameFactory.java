package io.depthcast.wire;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frames of plain bytes that a test chooses, the same in every encoding, and a record of how they were made. */
public final class FrameFactory implements AutoCloseable, FrameEncoder.Listener {
    private final List<String> work = new ArrayList<>();
    private final FrameEncoder encoder;

    public FrameFactory(ByteBufAllocator allocator) {
        encoder = new FrameEncoder(allocator, this);
    }

    /** The forms of our own dialect, in which the frames of a message are glued together. */
    static List<Form> forms() {
        return Form.all().stream()
                .filter(form -> form.dialect() == Dialects.DEPTHCAST)
                .toList();
    }

    static List<Form> deflatedForms() {
        return forms().stream().filter(Form::isDeflated).toList();
    }

    static List<Form> smallForms() {
        return forms().stream()
                .filter(form -> form.windowBits() == Form.SMALL_WINDOW_BITS)
                .toList();
    }

    /** A frame in all forms of our own dialect, owned by the caller. */
    public Frame frame(byte[] plain) {
        return frame(plain, Form.ALL_OF_OURS);
    }

    /** A frame in some forms, owned by the caller. */
    public Frame frame(byte[] plain, int forms) {
        return encoder.encode(1, 2, forms, (encoding, out) -> out.writeBytes(plain));
    }

    FrameEncoder encoder() {
        return encoder;
    }

    /** What has been done, such as {@code encoded sbe}. */
    List<String> work() {
        return work;
    }

    @Override
    public void encoded(Encoding encoding, int bytes) {
        work.add("encoded " + encoding.name());
    }

    @Override
    public void deflated(Encoding encoding, int bytes) {
        work.add("deflated " + encoding.name());
    }

    @Override
    public void close() {
        encoder.close();
    }

    /** So many bytes: noise, a few letters, or something that repeats after a random distance. */
    static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        int kind = random.nextInt(3);
        int period = 1 + random.nextInt(20_000);
        for (int i = 0; i < count && kind > 0; i++) {
            bytes[i] = kind == 1 ? (byte) ('a' + (bytes[i] & 3)) : bytes[Math.max(i - period, i % period)];
        }
        return bytes;
    }
}
