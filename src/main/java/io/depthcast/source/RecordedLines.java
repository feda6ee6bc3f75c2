package io.depthcast.source;

import io.depthcast.recording.DamagedRecording;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a file, compressed or not. Blocks. One thread. */
final class RecordedLines implements Closeable {
    private static final int BUFFER_BYTES = 65_536;
    private static final int MAX_LINE_BYTES = 16 * 1_024 * 1_024;

    private final Path file;
    private final Counted counted;
    private final InputStream in;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private int lineEnd;
    private long line;
    private boolean isLast;

    RecordedLines(Path file) throws IOException {
        this.file = file;
        this.counted = new Counted(Files.newInputStream(file));
        InputStream raw = new BufferedInputStream(counted, BUFFER_BYTES);
        try {
            this.in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
        } catch (IOException e) {
            counted.close();
            throw damaged(e);
        }
    }

    /** Bytes of the file as it lies on the disk. */
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            bytes += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            bytes += Math.max(0, count);
            return count;
        }
    }

    /**
     * Goes to the next line.
     *
     * @return whether there is one
     */
    boolean next() throws IOException {
        start = line == 0 ? 0 : Math.min(end, lineEnd + 1);
        int at = start;
        while (true) {
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (at < end || isLast) {
                break;
            }
            int scanned = at - start;
            fill();
            at = start + scanned;
        }
        if (at == end && start == end) {
            return false;
        }
        lineEnd = at;
        line++;
        return true;
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= MAX_LINE_BYTES) {
                throw new DamagedRecording(file, "line " + (line + 1), "longer than " + MAX_LINE_BYTES + " bytes");
            }
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        try {
            int count = in.read(buffer, end, buffer.length - end);
            isLast = count < 0;
            end += Math.max(0, count);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    private IOException damaged(IOException e) {
        return new DamagedRecording(
                file,
                "line " + (line + 1),
                "the compressed data end or break near byte " + counted.bytes + ": " + e.getMessage());
    }

    DamagedRecording damaged(String what) {
        return new DamagedRecording(file, "line " + line, what);
    }

    byte[] bytes() {
        return buffer;
    }

    int offset() {
        return start;
    }

    /** Without CR. */
    int length() {
        boolean returned = lineEnd > start && buffer[lineEnd - 1] == '\r';
        return lineEnd - start - (returned ? 1 : 0);
    }

    long position() {
        return counted.bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
