package io.depthcast.feed;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log that is no batch: what its writer says beside the rows. Counts only while its writer is the one that
 * speaks. Immutable.
 *
 * @param value of a proof: {@link Books#fingerprint()} after the row numbered {@code sequence}; else 0
 */
public record LogNote(Kind kind, long term, String writer, long epoch, long sequence, long value) {
    /** The first byte of a note; that of a batch is its version. */
    private static final int FIRST_BYTE = 0x80;

    /** What a note says. */
    public enum Kind {
        /** What the books add up to, for whoever wants to know that its own are right. */
        PROOF(0),
        /** Its writer says nothing more; who waits to speak may claim at once. */
        FAREWELL(1);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static @Nullable Kind of(long code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** Whether these bytes claim to be a note. */
    public static boolean isNote(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 0xFF) == FIRST_BYTE;
    }

    public byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(FIRST_BYTE);
        out.writeVarint(kind.code);
        out.writeVarint(term);
        out.writeAscii(writer);
        out.writeVarint(epoch);
        out.writeVarint(sequence);
        out.writeSigned(value);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.count());
        out.writeInt((int) crc.getValue());
        return Arrays.copyOf(out.array(), out.count());
    }

    /** Null for what is cut, changed or not understood. */
    public static @Nullable LogNote decode(byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        if (end < 1 || !isNote(bytes)) {
            return null;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        if ((int) crc.getValue() != ByteReader.littleEndian(bytes, end)) {
            return null;
        }
        ByteReader in = new ByteReader(bytes, 1, end);
        Kind kind = Kind.of(in.readVarint());
        if (kind == null) {
            return null;
        }
        LogNote note = new LogNote(
                kind,
                in.readUnsigned(),
                in.readAscii(BatchEncoder.MAX_WRITER),
                in.readUnsigned(),
                in.readUnsigned(),
                in.readSigned());
        return in.isBroken() || in.remaining() > 0 ? null : note;
    }
}
