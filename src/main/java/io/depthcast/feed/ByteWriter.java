package io.depthcast.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import java.util.Arrays;

/** Writes numbers of variable length into bytes that grow. Reusable; one thread. */
final class ByteWriter {
    private static final int INITIAL_CAPACITY = 1_024;
    private static final int MAX_VARINT_BYTES = 10;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    byte[] array() {
        return bytes;
    }

    void writeByte(int value) {
        ensure(1);
        bytes[count++] = (byte) value;
    }

    /** As an unsigned number, seven bits a byte, the lowest first. */
    void writeVarint(long value) {
        ensure(MAX_VARINT_BYTES);
        long left = value;
        while ((left & ~0x7FL) != 0) {
            bytes[count++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[count++] = (byte) left;
    }

    /** With the sign in the lowest bit. */
    void writeSigned(long value) {
        writeVarint((value << 1) ^ (value >> 63));
    }

    void writeAscii(String text) {
        writeVarint(text.length());
        ensure(text.length());
        byte[] ascii = text.getBytes(US_ASCII);
        System.arraycopy(ascii, 0, bytes, count, ascii.length);
        count += ascii.length;
    }

    /** All but its id. */
    void writeListing(Listing listing) {
        Instrument instrument = listing.instrument();
        writeAscii(instrument.symbol());
        writeStep(instrument.tickSize());
        writeStep(instrument.lotSize());
        writeVarint(listing.source());
        writeVarint(listing.status().code());
    }

    private void writeStep(StepSize step) {
        writeVarint(step.mantissa());
        writeVarint(step.decimals());
    }

    /** Little-endian. */
    void writeInt(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            writeByte(value >>> shift);
        }
    }

    private void ensure(int more) {
        if (count + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, count + more));
        }
    }
}
