package io.depthcast.source;

import io.depthcast.book.StepSize;

/**
 * A decimal as it stands in a text, {@code mantissa / 10^scale}, and the whole ticks or lots that it is. No trailing zero
 * of the fraction is kept, so equal numbers look alike. Reusable; one thread.
 */
final class Decimal {
    /** No answer of {@link #ticks} or {@link #lots}: no multiple of the step, or more than a long holds. */
    static final long NONE = Long.MIN_VALUE;

    private static final int MAX_LENGTH = 64;
    private static final int MAX_SCALE = 18;
    private static final long[] POWERS = powers();

    private long mantissa;
    private int scale;
    /** Whether digits that are not 0 follow those kept. */
    private boolean truncated;

    private static long[] powers() {
        long[] powers = new long[MAX_SCALE + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /**
     * Reads {@code -?[0-9]+(\.[0-9]+)?}; of a fraction as many digits as a long holds.
     *
     * @return whether it is one, of at most 64 characters, whose whole part fits a long
     */
    boolean parse(char[] text, int offset, int length) {
        int end = offset + length;
        int first = length > 0 && text[offset] == '-' ? offset + 1 : offset;
        mantissa = 0;
        scale = 0;
        truncated = false;
        if (first == end || length > MAX_LENGTH) {
            return false;
        }
        int point = whole(text, first, end);
        if (point < 0 || !fraction(text, point, end)) {
            return false;
        }
        mantissa = first > offset ? -mantissa : mantissa;
        return true;
    }

    /** Where the whole part ends, or -1 if it is none. */
    private int whole(char[] text, int first, int end) {
        int at = first;
        while (at < end && isDigit(text[at])) {
            if (!append(text[at])) {
                return -1;
            }
            at++;
        }
        return at == first ? -1 : at;
    }

    private boolean fraction(char[] text, int point, int end) {
        if (point == end) {
            return true;
        }
        if (text[point] != '.' || point + 1 == end) {
            return false;
        }
        int zeros = 0;
        for (int at = point + 1; at < end; at++) {
            if (!isDigit(text[at])) {
                return false;
            }
            if (text[at] == '0') {
                zeros++;
            } else {
                digit(text[at], zeros);
                zeros = 0;
            }
        }
        return true;
    }

    /** A digit behind the point that is not 0, and the zeros before it. */
    private void digit(char digit, int zeros) {
        int digits = zeros + 1;
        if (truncated || scale + digits > MAX_SCALE || mantissa > (Long.MAX_VALUE - (digit - '0')) / POWERS[digits]) {
            truncated = true;
        } else {
            mantissa = mantissa * POWERS[digits] + (digit - '0');
            scale += digits;
        }
    }

    private boolean append(char digit) {
        if (mantissa > (Long.MAX_VALUE - (digit - '0')) / 10) {
            return false;
        }
        mantissa = 10 * mantissa + (digit - '0');
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    boolean isNegative() {
        return mantissa < 0;
    }

    long mantissa() {
        return mantissa;
    }

    /** Digits behind the point, 0 to 18. */
    int scale() {
        return scale;
    }

    boolean isTruncated() {
        return truncated;
    }

    void set(long otherMantissa, int otherScale, boolean isTruncated) {
        mantissa = otherMantissa;
        scale = otherScale;
        truncated = isTruncated;
    }

    /** The whole ticks that it is, or {@link #NONE}. */
    long ticks(StepSize step) {
        int missing = step.decimals() - scale;
        if (missing < 0 || truncated) {
            return NONE;
        }
        long units = scaled(missing);
        return units == NONE || units % step.mantissa() != 0 ? NONE : units / step.mantissa();
    }

    /**
     * The whole lots within it, at least 1 unless it is 0; {@link #NONE} if it is negative or too large. What is finer than
     * the step is lost, for {@link #isFiner} to tell.
     */
    long lots(StepSize step) {
        if (mantissa < 0) {
            return NONE;
        }
        int missing = step.decimals() - scale;
        long units = missing < 0 ? mantissa / POWERS[-missing] : scaled(missing);
        if (units == NONE) {
            return NONE;
        }
        return mantissa == 0 && !truncated ? 0 : Math.max(1, units / step.mantissa());
    }

    /** Whether it is no whole number of lots. */
    boolean isFiner(StepSize step) {
        int missing = step.decimals() - scale;
        return truncated || missing < 0 || scaled(missing) % step.mantissa() != 0;
    }

    private long scaled(int missing) {
        long power = POWERS[missing];
        long most = Long.MAX_VALUE / power;
        return mantissa > most || mantissa < -most ? NONE : mantissa * power;
    }
}
