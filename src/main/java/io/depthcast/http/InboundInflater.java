package io.depthcast.http;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates clients' messages (RFC 7692, 7.2.2), each without reference to the one before, as the handshake demands with
 * {@code client_no_context_takeover}; so one serves a whole gateway loop. Never inflates past its limit.
 */
final class InboundInflater {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Inflater inflater = new Inflater(true);
    private final byte[] out;

    /** @param maxBytes of one message after inflation */
    InboundInflater(int maxBytes) {
        this.out = new byte[maxBytes + 1];
    }

    /**
     * The inflated message, or null if it is larger than the limit.
     *
     * @throws DataFormatException if it is not a deflate stream
     */
    byte @Nullable [] inflate(byte[] deflated) throws DataFormatException {
        inflater.reset();
        inflater.setInput(deflated);
        int count = inflateInto(0);
        if (count < out.length && !inflater.finished()) {
            if (inflater.getRemaining() > 0 || inflater.needsDictionary()) {
                throw new DataFormatException("not a deflate stream");
            }
            inflater.setInput(TAIL);
            count = inflateInto(count);
        }
        return count == out.length ? null : Arrays.copyOf(out, count);
    }

    private int inflateInto(int start) throws DataFormatException {
        int count = start;
        int step;
        do {
            step = inflater.inflate(out, count, out.length - count);
            count += step;
        } while (step > 0 && count < out.length);
        return count;
    }

    void close() {
        inflater.end();
    }
}
