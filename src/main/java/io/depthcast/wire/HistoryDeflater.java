package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Deflates messages one after the other, each with reference to those before it (RFC 7692, 7.2.1, with context takeover), for
 * all clients whose inflaters have the same window. Nothing refers back further than {@link #WINDOW_BYTES}, which is how far
 * an inflater remembers. One thread.
 */
public final class HistoryDeflater {
    /** Of a window that was not made smaller in the handshake (RFC 7692, 7.1.2.1); the platform has no other deflater. */
    public static final int WINDOW_BYTES = 1 << Form.FULL_WINDOW_BITS;

    /** The least that finds the better of two matches: 11 to 22 % smaller than 1 for up to 28 % more CPU ({@code HistoryBytes}). */
    private static final int LEVEL = 4;
    /** With less, zlib could end a flush twice. */
    private static final int LEAST_ROOM_BYTES = 64;

    private final ByteBufAllocator allocator;
    private final Deflater deflater;
    private long bytes;
    private long start;

    public HistoryDeflater(ByteBufAllocator allocator) {
        this(allocator, LEVEL);
    }

    /** @param level of zlib, 1 to 9 */
    public HistoryDeflater(ByteBufAllocator allocator, int level) {
        this.allocator = allocator;
        this.deflater = new Deflater(level, true);
    }

    /** Whether messages in that form gain by a history, and clients that take it keep one. */
    public static boolean serves(Form form) {
        return form.windowBits() == Form.FULL_WINDOW_BITS && form.encoding().leastDeflatedBytes() == 0;
    }

    /** Bytes of the frames before deflation, without what stands between them. */
    public static int plainBytes(Form form, List<Frame> frames) {
        int plain = 0;
        for (int i = 0; i < frames.size(); i++) {
            plain += frames.get(i).bytes(form.plain()).readableBytes();
        }
        return plain;
    }

    /** Bytes that all messages so far had before deflation. */
    public long bytes() {
        return bytes;
    }

    /** The first of those {@link #bytes} that the next message may refer to. */
    public long reach() {
        return Math.max(start, bytes - WINDOW_BYTES);
    }

    /** What comes from now on refers to nothing before. */
    public void restart() {
        deflater.reset();
        start = bytes;
    }

    /**
     * The frames of one flush as {@link WebSocketMessage#of} makes them, but every message deflated; a new direct buffer that
     * the caller owns. If it fails, nothing may be made with this any more.
     *
     * @param frames at least one, each with something to say
     */
    public ByteBuf next(Form form, List<Frame> frames) {
        ByteBuf plain = allocator.directBuffer(plainBytes(form, frames));
        ByteBuf deflated = allocator.directBuffer();
        ByteBuf out = allocator.directBuffer();
        try {
            WebSocketMessage.eachPlain(form, frames, plain, () -> add(form, plain, deflated, out));
            return out.retain();
        } finally {
            plain.release();
            deflated.release();
            out.release();
        }
    }

    /** As {@link #next}, but with no reference to anything before, nor anything after to it. */
    public ByteBuf alone(Form form, List<Frame> frames) {
        restart();
        ByteBuf made = next(form, frames);
        restart();
        return made;
    }

    /** Puts a message behind the others, and forgets its plain bytes. */
    private void add(Form form, ByteBuf plain, ByteBuf deflated, ByteBuf out) {
        bytes += plain.readableBytes();
        deflate(plain, deflated.clear());
        plain.clear();
        int length = deflated.readableBytes() - FrameDeflater.TAIL_BYTES;
        WebSocketMessage.beginDeflated(out, form, length).writeBytes(deflated, length);
    }

    private void deflate(ByteBuf plain, ByteBuf out) {
        deflater.setInput(plain.nioBuffer());
        int room;
        int written;
        do {
            room = out.ensureWritable(LEAST_ROOM_BYTES).writableBytes();
            written = deflater.deflate(out.nioBuffer(out.writerIndex(), room), Deflater.SYNC_FLUSH);
            out.writerIndex(out.writerIndex() + written);
        } while (written == room);
        boolean whole = deflater.needsInput() && out.readableBytes() > FrameDeflater.TAIL_BYTES;
        if (!whole || out.getInt(out.writerIndex() - FrameDeflater.TAIL_BYTES) != FrameDeflater.TAIL) {
            throw new IllegalStateException("a message of " + plain.readableBytes() + " bytes is not deflated whole");
        }
    }

    /** Frees native memory. */
    public void close() {
        deflater.end();
    }
}
