package io.depthcast.wire;

import io.depthcast.book.StepSize;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message of ASCII characters while it is written, in an array of the thread's own, so that a buffer is told of it once and not
 * character by character. One at a time: {@link #begin()} forgets what another one has not {@linkplain #appendTo appended}.
 */
final class AsciiText {
    private static final int INITIAL_BYTES = 4_096;
    /** What is longer, such as the snapshot of a whole book, is rare, and its array is not kept. */
    private static final int MAX_KEPT_BYTES = 64 * 1_024;
    /** Of a long, with sign and point; and what is written too much. */
    private static final int NUMBER_ROOM_BYTES = 21 + Long.BYTES;

    private static final int FOUR_DIGITS = 10_000;
    private static final int SEVEN_DIGITS = 10_000_000;
    private static final int EIGHT_DIGITS = 100_000_000;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Ten to the power of the index. */
    private static final long[] POWERS = powers();

    private static final FastThreadLocal<AsciiText> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected AsciiText initialValue() {
            return new AsciiText();
        }
    };

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    private AsciiText() {}

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /** An empty one of this thread's. */
    static AsciiText begin() {
        AsciiText begun = OF_THREAD.get();
        begun.length = 0;
        return begun;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Ends it, at the writer index of a buffer. */
    void appendTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
        if (bytes.length > MAX_KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
    }

    void write(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    void write(char character) {
        room(1);
        bytes[length++] = (byte) character;
    }

    /** @param text of ASCII characters */
    void write(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += count;
    }

    /** Writes {@code ticks} steps of a tick size, with exactly its decimals. */
    void writePrice(long ticks, StepSize tickSize) {
        writeSteps(ticks, tickSize);
    }

    /** Writes {@code lots} steps of a lot size with exactly its decimals; no lots at all are a bare {@code 0}. */
    void writeSize(long lots, StepSize lotSize) {
        if (lots == 0) {
            write('0');
        } else {
            writeSteps(lots, lotSize);
        }
    }

    void writeInteger(long value) {
        writeScaled(value, 0);
    }

    private void writeSteps(long steps, StepSize size) {
        long value = steps * size.mantissa();
        if (Math.multiplyHigh(steps, size.mantissa()) == value >> 63) {
            writeScaled(value, size.decimals());
        } else {
            writeLarge(BigInteger.valueOf(steps).multiply(BigInteger.valueOf(size.mantissa())), size.decimals());
        }
    }

    private void writeScaled(long value, int decimals) {
        if (value == Long.MIN_VALUE) {
            // It has no positive counterpart.
            writeLarge(BigInteger.valueOf(value), decimals);
            return;
        }
        room(NUMBER_ROOM_BYTES);
        if (value < 0) {
            bytes[length++] = '-';
        }
        long magnitude = Math.abs(value);
        if (decimals == 0) {
            writeDigits(magnitude, digitCount(magnitude));
            return;
        }
        if (magnitude < SEVEN_DIGITS && decimals < Long.BYTES - 1) {
            writeShort((int) magnitude, decimals);
            return;
        }
        long whole = magnitude / POWERS[decimals];
        writeDigits(whole, digitCount(whole));
        bytes[length++] = '.';
        writeDigits(magnitude - whole * POWERS[decimals], decimals);
    }

    /** What with its point has no more than eight characters, as most have. */
    private void writeShort(int value, int decimals) {
        int count = Math.max(digitCount(value), decimals + 1);
        long digits = eightDigits(value) >>> ((Long.BYTES - count) * Byte.SIZE);
        int pointBits = (count - decimals) * Byte.SIZE;
        long behind = -1L << pointBits;
        EIGHT_BYTES.set(bytes, length, (digits & ~behind) | (long) '.' << pointBits | (digits & behind) << Byte.SIZE);
        length += count + 1;
    }

    /** Writes so many digits, which the value has at most, with zeros in front. */
    private void writeDigits(long value, int count) {
        if (count <= Long.BYTES) {
            // What is too much of it is overwritten by what comes next.
            EIGHT_BYTES.set(bytes, length, eightDigits((int) value) >>> ((Long.BYTES - count) * Byte.SIZE));
            length += count;
        } else {
            long above = value / EIGHT_DIGITS;
            writeDigits(above, count - Long.BYTES);
            writeDigits(value - above * EIGHT_DIGITS, Long.BYTES);
        }
    }

    /**
     * The digits of a value below 10^8, the first one in the lowest byte. Numbers differ in length by chance, so that branches
     * are what digit by digit costs: here halves, then quarters, then digits are divided side by side.
     */
    private static long eightDigits(int value) {
        int above = value / FOUR_DIGITS;
        long fours = above | (long) (value - above * FOUR_DIGITS) << 32;
        // Divided by 100: by 10486 / 2^20; and by 10: by 103 / 2^10.
        long hundreds = ((fours * 10_486) >>> 20) & 0x0000_007F_0000_007FL;
        long twos = hundreds | (fours - hundreds * 100) << 16;
        long tens = ((twos * 103) >>> 10) & 0x000F_000F_000F_000FL;
        return (tens | (twos - tens * 10) << 8) + 0x3030_3030_3030_3030L;
    }

    /** @param value not negative */
    private static int digitCount(long value) {
        // The binary digits times the logarithm of 2; at most one too few.
        int least = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
        return value < POWERS[least] ? Math.max(1, least) : least + 1;
    }

    private void writeLarge(BigInteger value, int decimals) {
        write(new BigDecimal(value, decimals).toPlainString());
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
