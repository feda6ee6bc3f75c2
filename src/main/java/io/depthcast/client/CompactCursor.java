package io.depthcast.client;

import io.depthcast.wire.CompactFormat;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Reads compact messages forwards; checks each length before it reads, and never beyond the end. */
final class CompactCursor {
    private static final int LAST_SHIFT = 63;

    private final ByteBuf in;
    private final int end;
    private int position;

    /** @param end absolute index behind what may be read */
    CompactCursor(ByteBuf in, int position, int end) {
        this.in = in;
        this.position = position;
        this.end = end;
    }

    boolean isAtEnd() {
        return position == end;
    }

    int remaining() {
        return end - position;
    }

    /** A cursor over the next bytes, which this one skips. */
    CompactCursor take(int bytes) throws RefusedException {
        int from = advance(bytes);
        return new CompactCursor(in, from, from + bytes);
    }

    /** 64 bits, unsigned; in as few bytes as they need, or refused. */
    long unsigned() throws RefusedException {
        long value = 0;
        for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
            int next = uint8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                require(next != 0 || shift == 0);
                require(shift < LAST_SHIFT || next == 1);
                return value;
            }
        }
        throw new RefusedException(DecodeResult.BAD_VALUE);
    }

    long signed() throws RefusedException {
        return unzigzag(unsigned());
    }

    static long unzigzag(long zigzag) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    /** A time, sequence, id or count. */
    long natural() throws RefusedException {
        return natural(unsigned());
    }

    /** The value, if it may be a time, sequence, id or count. */
    static long natural(long value) throws RefusedException {
        require(value >= 0 && value <= CompactFormat.MAX_NATURAL);
        return value;
    }

    /** A size in lots. */
    long size() throws RefusedException {
        long value = unsigned();
        require(value >= 0);
        return value;
    }

    int instrumentId() throws RefusedException {
        return instrumentId(unsigned());
    }

    static int instrumentId(long value) throws RefusedException {
        require(value > 0 && value <= Integer.MAX_VALUE);
        return (int) value;
    }

    /** A number of entries, of so many bytes at least, which can follow at all, so that memory can be set aside for them. */
    int entries(long count, int leastBytes) throws RefusedException {
        if (count < 0 || count > (end - position) / leastBytes) {
            throw new RefusedException(DecodeResult.TRUNCATED);
        }
        return (int) count;
    }

    int uint8() throws RefusedException {
        return in.getUnsignedByte(advance(Byte.BYTES));
    }

    int uint16() throws RefusedException {
        return in.getUnsignedShortLE(advance(Short.BYTES));
    }

    int uint24() throws RefusedException {
        return in.getUnsignedMediumLE(advance(CompactFormat.LENGTH_BYTES));
    }

    /** All 32 bits. */
    int bits32() throws RefusedException {
        return in.getIntLE(advance(Integer.BYTES));
    }

    /** An enumeration from 0. */
    int choice(int choices) throws RefusedException {
        int value = uint8();
        require(value < choices);
        return value;
    }

    String ascii(int length) throws RefusedException {
        return in.toString(advance(length), length, StandardCharsets.US_ASCII);
    }

    static void require(boolean condition) throws RefusedException {
        if (!condition) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
    }

    private int advance(int bytes) throws RefusedException {
        if (bytes > end - position) {
            throw new RefusedException(DecodeResult.TRUNCATED);
        }
        int at = position;
        position += bytes;
        return at;
    }
}
