package io.depthcast.source;

import java.util.Arrays;

/** Cuts chunks of bytes into lines, ended by LF or CRLF. No line waits beyond a bound. One thread. */
final class LineSplitter {
    /** Who takes the lines. */
    interface Lines {
        /** @param bytes borrowed */
        void line(byte[] bytes, int offset, int length);

        /** A line was longer than may be, and is dropped as a whole. */
        void tooLong();
    }

    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private final Lines lines;
    private byte[] waiting = NOTHING;
    private int waitingBytes;
    private boolean dropping;

    LineSplitter(int maxBytes, Lines lines) {
        this.maxBytes = maxBytes;
        this.lines = lines;
    }

    void add(byte[] chunk, int offset, int length) {
        int start = offset;
        int end = offset + length;
        for (int at = offset; at < end; at++) {
            if (chunk[at] == '\n') {
                ended(chunk, start, at - start);
                start = at + 1;
            }
        }
        keep(chunk, start, end - start);
    }

    /** What is left is a line. */
    void end() {
        if (waitingBytes > 0 || dropping) {
            ended(NOTHING, 0, 0);
        }
    }

    private void ended(byte[] chunk, int offset, int length) {
        if (waitingBytes == 0 && !dropping && length <= maxBytes) {
            line(chunk, offset, length);
            return;
        }
        keep(chunk, offset, length);
        if (dropping) {
            lines.tooLong();
        } else {
            line(waiting, 0, waitingBytes);
        }
        dropping = false;
        waitingBytes = 0;
        waiting = NOTHING;
    }

    private void line(byte[] bytes, int offset, int length) {
        boolean returned = length > 0 && bytes[offset + length - 1] == '\r';
        lines.line(bytes, offset, returned ? length - 1 : length);
    }

    private void keep(byte[] chunk, int offset, int length) {
        if (dropping || length == 0) {
            return;
        }
        if (waitingBytes + length > maxBytes) {
            dropping = true;
            waiting = NOTHING;
            waitingBytes = 0;
            return;
        }
        if (waitingBytes + length > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.min(maxBytes, Math.max(2 * waiting.length, waitingBytes + length)));
        }
        System.arraycopy(chunk, offset, waiting, waitingBytes, length);
        waitingBytes += length;
    }
}
