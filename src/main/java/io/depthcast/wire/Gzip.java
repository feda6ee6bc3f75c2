package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.zip.CRC32;

/**
 * One gzip member (RFC 1952) from frames that are deflated already. A deflated frame refers to nothing outside itself and
 * ends at a whole byte, so frames and stored text follow one another in any order.
 */
public final class Gzip {
    /** Deflate, no name, no time, system unknown. */
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private static final int TRAILER_BYTES = 8;
    private static final byte[] EMPTY_FINAL_BLOCK = {1, 0, 0, (byte) 0xFF, (byte) 0xFF};
    static final int MAX_STORED_BYTES = 0xFFFF;
    static final int STORED_HEADER_BYTES = 5;

    private Gzip() {}

    /** A frame as a whole gzip file, in a new buffer that the caller owns. */
    public static ByteBuf of(ByteBufAllocator allocator, Form form, Frame frame) {
        ByteBuf deflated = frame.bytes(form);
        ByteBuf plain = frame.bytes(form.plain());
        int bytes = deflated.readableBytes() + HEADER.length + EMPTY_FINAL_BLOCK.length + TRAILER_BYTES;
        ByteBuf out = allocator.directBuffer(bytes);
        begin(out);
        out.writeBytes(deflated, deflated.readerIndex(), deflated.readableBytes());
        end(out, crc(plain), plain.readableBytes());
        return out;
    }

    /** Writes the start of a member. */
    public static void begin(ByteBuf out) {
        out.writeBytes(HEADER);
    }

    /** @param bytes of the text modulo 2^32 */
    static void end(ByteBuf out, int crc, int bytes) {
        out.writeBytes(EMPTY_FINAL_BLOCK).writeIntLE(crc).writeIntLE(bytes);
    }

    /** Writes text as it is. Its indices stay. */
    static void store(ByteBuf text, ByteBuf out) {
        int end = text.writerIndex();
        for (int start = text.readerIndex(); start < end; start += MAX_STORED_BYTES) {
            int count = Math.min(MAX_STORED_BYTES, end - start);
            storedHeader(count, out).writeBytes(text, start, count);
        }
    }

    /** @param text at most {@link #MAX_STORED_BYTES} */
    static void store(byte[] text, ByteBuf out) {
        storedHeader(text.length, out).writeBytes(text);
    }

    private static ByteBuf storedHeader(int count, ByteBuf out) {
        return out.writeByte(0).writeShortLE(count).writeShortLE(~count);
    }

    static int storedBytes(int text) {
        return text + (text + MAX_STORED_BYTES - 1) / MAX_STORED_BYTES * STORED_HEADER_BYTES;
    }

    static int crc(ByteBuf text) {
        CRC32 crc = new CRC32();
        crc.update(text.nioBuffer());
        return (int) crc.getValue();
    }
}
