package io.depthcast.recording;

import io.depthcast.feed.BatchDecoder;
import io.depthcast.feed.BatchReading;
import io.depthcast.feed.EventBatch;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads one file, batch by batch, and believes nothing: checksums, numbers, epoch. Blocks; one thread. */
public final class RecordingReader implements Closeable {
    /** How the name of such a file ends. */
    public static final String EXTENSION = ".rec";

    private static final int BUFFER_BYTES = 262_144;

    private final Path file;
    private final InputStream in;
    private final BatchDecoder decoder = new BatchDecoder();
    private final RecordingHead head;
    private byte[] buffer = new byte[BUFFER_BYTES];
    /** Where the batch that comes next begins. */
    private long position;

    /** Where the one begins that was read last, or could not be. */
    private long at;

    private long sequence;

    /** @throws DamagedRecording if the file does not begin as a recording does */
    public RecordingReader(Path file) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        byte[] first = in.readNBytes(RecordingHead.BYTES);
        RecordingHead read = RecordingHead.of(first);
        if (read == null) {
            in.close();
            throw new DamagedRecording(file, "byte 0", RecordingHead.mistake(first));
        }
        head = read;
        sequence = head.previous();
        position = RecordingHead.BYTES;
    }

    public long epoch() {
        return head.epoch();
    }

    /** Number of the last row of the state that comes first: the batches up to it say no more than what there was. */
    public long stateSequence() {
        return head.sequence();
    }

    /** Number of the last row that was read; at first of that before all there are. */
    public long sequence() {
        return sequence;
    }

    /**
     * The next batch, or null at the end.
     *
     * @throws DamagedRecording where the file is damaged; what came before is good
     */
    public @Nullable EventBatch next() throws IOException {
        at = position;
        byte[] length = in.readNBytes(Integer.BYTES);
        if (length.length == 0) {
            if (sequence < head.sequence()) {
                throw damaged("the file ends within the state that it begins with");
            }
            return null;
        }
        int bytes = littleEndian(length);
        if (length.length < Integer.BYTES || bytes < 0 || bytes > RecordingHead.MAX_BATCH_BYTES) {
            throw damaged("expected the length of a batch, 0 to " + RecordingHead.MAX_BATCH_BYTES);
        }
        if (bytes > buffer.length) {
            buffer = new byte[Math.max(bytes, 2 * buffer.length)];
        }
        if (in.readNBytes(buffer, 0, bytes) < bytes) {
            throw damaged("the file ends within a batch of " + bytes + " bytes");
        }
        EventBatch batch = decode(bytes);
        position += Integer.BYTES + bytes;
        sequence = batch.lastSequence();
        return batch;
    }

    private EventBatch decode(int bytes) throws DamagedRecording {
        if (decoder.decode(buffer, 0, bytes, 0) instanceof BatchReading.Read read) {
            EventBatch batch = read.batch();
            boolean isNext = batch.previous() == sequence && batch.firstSequence() == sequence + 1;
            boolean crosses = sequence < head.sequence() && batch.lastSequence() > head.sequence();
            if (batch.epoch() != head.epoch() || !isNext || crosses) {
                throw damaged("expected what follows " + sequence + " of epoch " + head.epoch() + ", got what follows "
                        + batch.previous() + " of " + batch.epoch());
            }
            return batch;
        }
        throw damaged("no batch, or a changed one");
    }

    private static int littleEndian(byte[] bytes) {
        int value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[i] & 0xFF);
        }
        return value;
    }

    /** What to throw for the batch that was read last, or could not be. */
    public DamagedRecording damaged(String what) {
        return new DamagedRecording(file, "byte " + at, what);
    }

    /** Byte at which the batch that comes next begins. */
    public long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
