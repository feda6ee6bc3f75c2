package io.depthcast.book;

import java.math.BigDecimal;

/**
 * A tick size or lot size: {@code mantissa * 10^exponent}, with a positive mantissa and an exponent in [-18, 0].
 *
 * <p>A price of {@code n} ticks is {@code n * mantissa} written with {@link #decimals()} digits after the point.
 */
public record StepSize(long mantissa, int exponent) {
    private static final int MIN_EXPONENT = -18;
    /** Of a long. */
    private static final int MAX_DIGITS = 19;

    /** @throws IllegalArgumentException outside the ranges above */
    public StepSize {
        if (mantissa <= 0 || exponent > 0 || exponent < MIN_EXPONENT) {
            throw new IllegalArgumentException(
                    "expected a positive mantissa and an exponent in [-18, 0], got " + mantissa + "e" + exponent);
        }
    }

    /** @throws IllegalArgumentException if the text is not a positive decimal of at most 18 digits after the point */
    public static StepSize parse(String text) {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
            if (value.scale() < -MAX_DIGITS) {
                // Twelve characters such as 1e100000000 would take minutes to write out.
                throw new ArithmeticException("more than 64 bits");
            }
            if (value.scale() < 0) {
                value = value.setScale(0);
            }
            return new StepSize(value.unscaledValue().longValueExact(), -value.scale());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a positive decimal, got \"" + text + "\"", e);
        }
    }

    /** Digits after the decimal point, 0 to 18. */
    public int decimals() {
        return -exponent;
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(mantissa, -exponent).toPlainString();
    }
}
