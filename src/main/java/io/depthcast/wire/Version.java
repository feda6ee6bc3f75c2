package io.depthcast.wire;

import org.jspecify.annotations.Nullable;

/**
 * A state of a book, as a client names the one it holds.
 *
 * @param epoch the feed's start, microseconds since 1970
 * @param sequence number of the last feed event applied
 */
public record Version(long epoch, long sequence) {
    private static final int MAX_DIGITS = 16;

    /** Reads {@code epoch:sequence}, two decimal integers of at most 16 digits; null if the text is anything else. */
    public static @Nullable Version parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        long epoch = parseDigits(text, 0, colon);
        long sequence = parseDigits(text, colon + 1, text.length());
        return epoch < 0 || sequence < 0 ? null : new Version(epoch, sequence);
    }

    private static long parseDigits(String text, int from, int to) {
        if (from == to || to - from > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + (digit - '0');
        }
        return value;
    }

    /** Whether that one was before. */
    public boolean isAfter(Version other) {
        return epoch > other.epoch || (epoch == other.epoch && sequence > other.sequence);
    }

    /** {@code epoch:sequence}. */
    public String format() {
        return epoch + ":" + sequence;
    }
}
