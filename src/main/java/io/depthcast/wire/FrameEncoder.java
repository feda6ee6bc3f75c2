package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Makes frames: each message once per encoding, deflated once per window, however many will take it. What
 * its encoding says is too small to shrink is stored instead, in a form that splices with the deflated. One thread. */
public final class FrameEncoder {
    private static final int INITIAL_BYTES = 512;

    /** One message, which knows how to write itself in any encoding. */
    public interface Source {
        void encode(Encoding encoding, ByteBuf out);

        /** With which others it travels where messages are apart; empty if with none. */
        default String list() {
            return "";
        }
    }

    /** Hears what was done. */
    public interface Listener {
        /** @param bytes before deflation */
        void encoded(Encoding encoding, int bytes);

        /** @param bytes after deflation */
        void deflated(Encoding encoding, int bytes);
    }

    private final ByteBufAllocator allocator;
    private final Listener listener;
    private final FrameDeflater deflater;

    public FrameEncoder(ByteBufAllocator allocator, Listener listener) {
        this.allocator = allocator;
        this.listener = listener;
        this.deflater = new FrameDeflater(allocator);
    }

    /**
     * A new frame, owned by the caller. If the source fails, what was made so far is released.
     *
     * @param forms bits of {@link Form#bit()}, at least one
     */
    public Frame encode(long epoch, long version, int forms, Source source) {
        Frame frame = new Frame(epoch, version, source.list());
        boolean whole = false;
        try {
            for (int left = forms; left != 0; left &= left - 1) {
                make(frame, Form.at(Integer.numberOfTrailingZeros(left)), source);
            }
            whole = true;
            return frame;
        } finally {
            if (!whole) {
                frame.release();
            }
        }
    }

    private void make(Frame frame, Form form, Source source) {
        ByteBuf plain = plain(frame, form.plain(), source);
        if (!form.isDeflated()) {
            return;
        }
        if (plain.readableBytes() < form.encoding().leastDeflatedBytes()) {
            frame.set(form, deflater.store(plain));
            return;
        }
        ByteBuf deflated = deflater.deflate(plain, form.windowBits());
        frame.set(form, deflated);
        listener.deflated(form.encoding(), deflated.readableBytes());
    }

    private ByteBuf plain(Frame frame, Form form, Source source) {
        ByteBuf made = frame.bytesIfMade(form);
        if (made == null) {
            made = allocator.directBuffer(INITIAL_BYTES);
            frame.set(form, made);
            source.encode(form.encoding(), made);
            listener.encoded(form.encoding(), made.readableBytes());
        }
        return made;
    }

    /** Frees the deflater's native memory; the encoder is of no use afterwards. */
    public void close() {
        deflater.close();
    }
}
