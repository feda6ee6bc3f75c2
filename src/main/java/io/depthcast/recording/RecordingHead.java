package io.depthcast.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a file begins.
 *
 * @param epoch of all rows in it
 * @param sequence of the last row of the state that comes first
 * @param stateRows how many rows that state has, numbered up to the sequence
 */
record RecordingHead(long epoch, long sequence, long stateRows) {
    static final int VERSION = 1;
    static final int BYTES = 37;
    /** No batch is longer: what is said to be is damage. */
    static final int MAX_BATCH_BYTES = 16 * 1_024 * 1_024;

    private static final byte[] MAGIC = "DEPTHREC".getBytes(US_ASCII);
    private static final int VERSION_AT = MAGIC.length;

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).put((byte) VERSION).putLong(epoch).putLong(sequence).putLong(stateRows);
        return out.putInt(checksum(out.array())).array();
    }

    /** Null if it is none. */
    static @Nullable RecordingHead of(byte[] bytes) {
        if (!isOurs(bytes) || bytes.length < BYTES || bytes[VERSION_AT] != VERSION) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(VERSION_AT + 1);
        RecordingHead head = new RecordingHead(in.getLong(), in.getLong(), in.getLong());
        return in.getInt() == checksum(bytes) && head.isPossible() ? head : null;
    }

    private boolean isPossible() {
        return epoch >= 0 && stateRows >= 0 && sequence >= stateRows;
    }

    /** Number of the row before all those of the file. */
    long previous() {
        return sequence - stateRows;
    }

    /** What is wrong with bytes that are none. */
    static String mistake(byte[] bytes) {
        if (!isOurs(bytes)) {
            return "expected a recording of the feed, which begins with " + new String(MAGIC, US_ASCII);
        }
        return bytes.length > VERSION_AT && bytes[VERSION_AT] != VERSION
                ? "expected version " + VERSION + ", got " + bytes[VERSION_AT]
                : "the head is cut or changed";
    }

    private static boolean isOurs(byte[] bytes) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= bytes.length || bytes[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}
