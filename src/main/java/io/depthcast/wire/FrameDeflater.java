package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Deflates one frame without reference to anything outside it (RFC 1951, raw) and ends it with a sync flush, so that any
 * sequence of deflated frames is one valid permessage-deflate message (RFC 7692, 7.2.1) once the last four bytes are cut.
 * Confined to one thread.
 */
final class FrameDeflater {
    /** What ends every deflated frame, and what the last one of a message goes without (RFC 7692, 7.2.1). */
    static final int TAIL_BYTES = 4;

    static final int TAIL = 0x0000FFFF;

    /**
     * Level 6 instead of 1 makes a delta 1 to 6 % smaller for up to 6 µs more, spent once for all clients. Level 9 makes
     * none of them smaller still (measured by {@code FrameBenchmark}).
     */
    private static final int LEVEL = 6;

    private static final int MAX_STORED_BYTES = 0xFFFF;
    private static final int STORED_HEADER_BYTES = 5;
    private static final byte[] EMPTY_STORED_BLOCK = {0, 0, 0, (byte) 0xFF, (byte) 0xFF};

    private final ByteBufAllocator allocator;
    private final Deflater deflater;

    FrameDeflater(ByteBufAllocator allocator) {
        this(allocator, LEVEL);
    }

    FrameDeflater(ByteBufAllocator allocator, int level) {
        this.allocator = allocator;
        this.deflater = new Deflater(level, true);
    }

    /**
     * A new direct buffer with the plain bytes deflated. Nothing in it refers back further than {@code 1 << windowBits}
     * bytes. Bytes that do not shrink are stored.
     *
     * @param plain direct; its indices stay as they are
     */
    ByteBuf deflate(ByteBuf plain, int windowBits) {
        // First, because it is what fails once the deflater is closed.
        deflater.reset();
        int length = plain.readableBytes();
        ByteBuf out = allocator.directBuffer(storedBytes(length));
        if (length == 0) {
            return store(plain, out);
        }
        int segment = windowBits == Form.FULL_WINDOW_BITS ? length : 1 << windowBits;
        for (int start = 0; start < length; start += segment) {
            int count = Math.min(segment, length - start);
            int flush = start + count < length ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
            if (!append(plain.nioBuffer(plain.readerIndex() + start, count), flush, out)) {
                return store(plain, out.clear());
            }
        }
        return out;
    }

    /** A new direct buffer with the plain bytes in stored blocks, ended as {@link #deflate} ends. */
    ByteBuf store(ByteBuf plain) {
        return store(plain, allocator.directBuffer(storedBytes(plain.readableBytes())));
    }

    void close() {
        deflater.end();
    }

    /** Returns false if the output does not fit, that is, if storing is no worse. */
    private boolean append(ByteBuffer plain, int flush, ByteBuf out) {
        deflater.setInput(plain);
        int room = out.writableBytes();
        if (room == 0) {
            return false;
        }
        int written = deflater.deflate(out.nioBuffer(out.writerIndex(), room), flush);
        out.writerIndex(out.writerIndex() + written);
        // A full buffer may hide pending output: only one that is not full is known to be whole.
        return written < room;
    }

    private static int storedBytes(int length) {
        int blocks = (length + MAX_STORED_BYTES - 1) / MAX_STORED_BYTES;
        return length + blocks * STORED_HEADER_BYTES + EMPTY_STORED_BLOCK.length;
    }

    private static ByteBuf store(ByteBuf plain, ByteBuf out) {
        int end = plain.writerIndex();
        for (int start = plain.readerIndex(); start < end; start += MAX_STORED_BYTES) {
            int count = Math.min(MAX_STORED_BYTES, end - start);
            out.writeByte(0).writeShortLE(count).writeShortLE(~count).writeBytes(plain, start, count);
        }
        return out.writeBytes(EMPTY_STORED_BLOCK);
    }
}
