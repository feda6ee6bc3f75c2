package io.depthcast.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads one SBE message forwards; checks each length before it reads, and never beyond the message's end. */
final class SbeCursor {
    private final ByteBuf in;
    private final int end;
    private int position;

    /** @param end absolute index behind the message */
    SbeCursor(ByteBuf in, int position, int end) {
        this.in = in;
        this.position = position;
        this.end = end;
    }

    /**
     * Begins a block or group entry.
     *
     * @param length what the sender says it is long
     * @param knownLength what the caller will read of it
     * @return where it ends, for {@link #leave}
     */
    int enter(int length, int knownLength) throws RefusedException {
        if (length < knownLength) {
            throw new RefusedException(DecodeResult.BAD_FRAMING);
        }
        require(length);
        return position + length;
    }

    /** Skips fields that a newer schema added. */
    void leave(int blockEnd) {
        position = blockEnd;
    }

    /** Checks that as many entries can follow at all, before memory is set aside for them. */
    void requireEntries(int entries, int entryBytes) throws RefusedException {
        if ((long) entries * entryBytes > end - position) {
            throw new RefusedException(DecodeResult.TRUNCATED);
        }
    }

    int uint8() throws RefusedException {
        return in.getUnsignedByte(advance(Byte.BYTES));
    }

    int int8() throws RefusedException {
        return in.getByte(advance(Byte.BYTES));
    }

    int uint16() throws RefusedException {
        return in.getUnsignedShortLE(advance(Short.BYTES));
    }

    /** All 32 bits. */
    int bits32() throws RefusedException {
        return in.getIntLE(advance(Integer.BYTES));
    }

    /** A uint32 of which half the range is used. */
    int natural32() throws RefusedException {
        int value = bits32();
        if (value < 0) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return value;
    }

    long int64() throws RefusedException {
        return in.getLongLE(advance(Long.BYTES));
    }

    /** An int64 that is not negative, or a uint64 of which half the range is used. */
    long natural64() throws RefusedException {
        long value = int64();
        if (value < 0) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return value;
    }

    /** An enumeration from 0. */
    int choice(int choices) throws RefusedException {
        int value = uint8();
        if (value >= choices) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return value;
    }

    String ascii(int length) throws RefusedException {
        return in.toString(advance(length), length, StandardCharsets.US_ASCII);
    }

    /** A text filled up with zeros, or null if there is nothing but these. */
    @Nullable
    String paddedAscii(int length) throws RefusedException {
        String text = ascii(length);
        int end = text.indexOf(0);
        if (end > 0 && !text.substring(end).chars().allMatch(each -> each == 0)) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return end == 0 ? null : end < 0 ? text : text.substring(0, end);
    }

    private int advance(int bytes) throws RefusedException {
        require(bytes);
        int at = position;
        position += bytes;
        return at;
    }

    private void require(int bytes) throws RefusedException {
        if (bytes > end - position) {
            throw new RefusedException(DecodeResult.TRUNCATED);
        }
    }
}
