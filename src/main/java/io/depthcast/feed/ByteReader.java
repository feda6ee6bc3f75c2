package io.depthcast.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;

/**
 * Reads what {@link ByteWriter} writes. What is not there reads as 0 and leaves {@link #isBroken()} behind, so that one look
 * at the end is enough. One thread.
 */
final class ByteReader {
    /** Ids index arrays. */
    static final int MAX_ID = 1 << 20;

    private static final int LAST_SHIFT = 63;
    private static final int MAX_SYMBOL = 32;
    private static final int MAX_DECIMALS = 18;
    private static final int STATUSES = InstrumentStatus.values().length;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean broken;

    ByteReader(byte[] bytes, int offset, int end) {
        this.bytes = bytes;
        this.at = offset;
        this.end = end;
    }

    boolean isBroken() {
        return broken;
    }

    int remaining() {
        return end - at;
    }

    int readByte() {
        if (at == end) {
            broken = true;
            return 0;
        }
        return bytes[at++] & 0xFF;
    }

    long readVarint() {
        long value = 0;
        for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                // The tenth byte has one bit of a long.
                broken |= shift == LAST_SHIFT && next > 1;
                return value;
            }
        }
        broken = true;
        return 0;
    }

    /** A varint that is no more than a long holds. */
    long readUnsigned() {
        long value = readVarint();
        broken |= value < 0;
        return value;
    }

    long readSigned() {
        long value = readVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number from 0 to a limit. */
    int readCount(int max) {
        long value = readVarint();
        if (value < 0 || value > max) {
            broken = true;
            return 0;
        }
        return (int) value;
    }

    String readAscii(int maxLength) {
        int length = readCount(maxLength);
        if (length > remaining()) {
            broken = true;
            return "";
        }
        String text = new String(bytes, at, length, US_ASCII);
        at += length;
        for (int i = 0; i < length; i++) {
            broken |= text.charAt(i) < ' ' || text.charAt(i) > '~';
        }
        return text;
    }

    /** A number that there is only one choice of. */
    void expect(int expected) {
        broken |= readVarint() != expected;
    }

    /** What has to hold for what was read. */
    void require(boolean holds) {
        broken |= !holds;
    }

    /** @throws IllegalArgumentException if the steps are none */
    Listing readListing(int id) {
        String symbol = readAscii(MAX_SYMBOL);
        StepSize tickSize = readStep();
        StepSize lotSize = readStep();
        int source = readCount(MAX_ID);
        return new Listing(new Instrument(id, symbol, tickSize, lotSize), source, readStatus());
    }

    private StepSize readStep() {
        long mantissa = readVarint();
        return new StepSize(mantissa, -readCount(MAX_DECIMALS));
    }

    InstrumentStatus readStatus() {
        return InstrumentStatus.ofCode(readCount(STATUSES - 1));
    }

    static int littleEndian(byte[] bytes, int at) {
        int value = 0;
        for (int i = Integer.BYTES - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[at + i] & 0xFF);
        }
        return value;
    }
}
