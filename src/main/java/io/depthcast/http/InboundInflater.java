package io.depthcast.http;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates clients' messages (RFC 7692, 7.2.2), each without reference to the one before, as the handshake demands with
 * {@code client_no_context_takeover}; so one serves a whole gateway loop. Never inflates past the limit of a message.
 */
final class InboundInflater {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Inflater inflater = new Inflater(true);
    private byte[] out = {};

    /**
     * The inflated message, or null if it is larger than the limit.
     *
     * @param maxBytes of it
     * @throws DataFormatException if it is not a deflate stream
     */
    byte @Nullable [] inflate(byte[] deflated, int maxBytes) throws DataFormatException {
        int end = maxBytes + 1;
        if (out.length < end) {
            out = new byte[end];
        }
        inflater.reset();
        inflater.setInput(deflated);
        int count = inflateInto(0, end);
        if (count < end && !inflater.finished()) {
            if (inflater.getRemaining() > 0 || inflater.needsDictionary()) {
                throw new DataFormatException("not a deflate stream");
            }
            inflater.setInput(TAIL);
            count = inflateInto(count, end);
        }
        return count == end ? null : Arrays.copyOf(out, count);
    }

    private int inflateInto(int start, int end) throws DataFormatException {
        int count = start;
        int step;
        do {
            step = inflater.inflate(out, count, end - count);
            count += step;
        } while (step > 0 && count < end);
        return count;
    }

    void close() {
        inflater.end();
    }
}
