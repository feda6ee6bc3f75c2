package io.depthcast.client;

import io.depthcast.book.StepSize;
import java.math.BigDecimal;

/** Turns a decimal string into whole ticks or lots, exactly or not at all. */
final class DecimalSteps {
    /** So many digits fit a long whatever they are. */
    private static final int SAFE_DIGITS = 18;

    private static final int MAX_LENGTH = 64;

    private DecimalSteps() {}

    /**
     * @param text holds {@code -?[0-9]+(\.[0-9]+)?} at {@code offset}
     * @throws RefusedException if it does not, or is no multiple of the step, or more steps than a long can count
     */
    static long parse(char[] text, int offset, int length, StepSize step) throws RefusedException {
        int point = check(text, offset, length);
        int decimals = point < 0 ? 0 : offset + length - point - 1;
        int whole = point < 0 ? length : point - offset;
        if (whole + step.decimals() > SAFE_DIGITS || decimals > step.decimals()) {
            return parseAnySize(new String(text, offset, length), step);
        }
        long value = 0;
        for (int i = offset; i < offset + length; i++) {
            if (text[i] >= '0') {
                value = value * 10 + (text[i] - '0');
            }
        }
        for (int i = decimals; i < step.decimals(); i++) {
            value *= 10;
        }
        if (value % step.mantissa() != 0) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return (text[offset] == '-' ? -value : value) / step.mantissa();
    }

    /** Where the point is, or -1. */
    private static int check(char[] text, int offset, int length) throws RefusedException {
        int first = length > 0 && text[offset] == '-' ? offset + 1 : offset;
        int end = offset + length;
        int point = -1;
        for (int i = first; i < end; i++) {
            boolean between = i > first && i < end - 1;
            if (text[i] == '.' && point < 0 && between) {
                point = i;
            } else if (text[i] < '0' || text[i] > '9') {
                throw new RefusedException(DecodeResult.BAD_VALUE);
            }
        }
        if (first == end || length > MAX_LENGTH) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return point;
    }

    private static long parseAnySize(String text, StepSize step) throws RefusedException {
        try {
            BigDecimal size = BigDecimal.valueOf(step.mantissa(), step.decimals());
            return new BigDecimal(text).divide(size).longValueExact();
        } catch (ArithmeticException e) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
    }
}
