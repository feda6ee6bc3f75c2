package io.depthcast.feed;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** What lies in a log, or a recording: read or refused, and what is read is what would be written. */
public final class BatchFuzz {
    private static final BatchDecoder DECODER = new BatchDecoder();
    private static final BatchEncoder ENCODER = new BatchEncoder();

    private BatchFuzz() {}

    /** An odd first byte has the rest followed by its checksum, behind which nothing would be looked at otherwise. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
        if ((data[0] & 1) == 1) {
            bytes = sealed(bytes);
        }
        if (DECODER.decode(bytes, 0, bytes.length, 0) instanceof BatchReading.Read read) {
            byte[] written = ENCODER.encode(read.batch(), read.term(), read.writer());
            if (!(DECODER.decode(written, 0, written.length, 0) instanceof BatchReading.Read again)
                    || !Arrays.equals(written, ENCODER.encode(again.batch(), again.term(), again.writer()))) {
                throw new AssertionError("read, written and read again it is another batch");
            }
        }
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        byte[] sealed = Arrays.copyOf(bytes, bytes.length + Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            sealed[bytes.length + i] = (byte) (crc.getValue() >>> (i * Byte.SIZE));
        }
        return sealed;
    }
}
