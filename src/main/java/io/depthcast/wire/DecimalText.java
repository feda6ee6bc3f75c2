package io.depthcast.wire;

import io.depthcast.book.StepSize;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Numbers as ASCII digits at the writer index of a buffer. */
final class DecimalText {
    /** Of a long. */
    private static final int MAX_DIGITS = 19;

    private DecimalText() {}

    /** Writes {@code ticks} steps of a tick size, with exactly its decimals. */
    static void writePrice(long ticks, StepSize tickSize, ByteBuf out) {
        writeSteps(ticks, tickSize, out);
    }

    /** Writes {@code lots} steps of a lot size with exactly its decimals; no lots at all are a bare {@code 0}. */
    static void writeSize(long lots, StepSize lotSize, ByteBuf out) {
        if (lots == 0) {
            out.writeByte('0');
        } else {
            writeSteps(lots, lotSize, out);
        }
    }

    static void writeInteger(long value, ByteBuf out) {
        writeScaled(value, 0, out);
    }

    private static void writeSteps(long steps, StepSize size, ByteBuf out) {
        long value = steps * size.mantissa();
        if (Math.multiplyHigh(steps, size.mantissa()) != value >> 63) {
            writeBeyondLong(steps, size, out);
        } else {
            writeScaled(value, size.decimals(), out);
        }
    }

    static void writeScaled(long value, int decimals, ByteBuf out) {
        // Negative throughout, because the smallest long has no positive counterpart.
        long rest = value < 0 ? value : -value;
        int digits = Math.max(digitCount(rest), decimals + 1);
        int end = out.writerIndex() + digits + (decimals > 0 ? 1 : 0) + (value < 0 ? 1 : 0);
        out.ensureWritable(end - out.writerIndex());
        int at = end;
        for (int i = 0; i < decimals; i++) {
            long tenth = rest / 10;
            out.setByte(--at, (int) ('0' + tenth * 10 - rest));
            rest = tenth;
        }
        if (decimals > 0) {
            out.setByte(--at, '.');
        }
        for (int i = decimals; i < digits; i++) {
            long tenth = rest / 10;
            out.setByte(--at, (int) ('0' + tenth * 10 - rest));
            rest = tenth;
        }
        if (value < 0) {
            out.setByte(--at, '-');
        }
        out.writerIndex(end);
    }

    private static int digitCount(long negative) {
        int digits = 1;
        for (long bound = -10; digits < MAX_DIGITS && negative <= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }

    private static void writeBeyondLong(long steps, StepSize size, ByteBuf out) {
        BigInteger value = BigInteger.valueOf(steps).multiply(BigInteger.valueOf(size.mantissa()));
        out.writeCharSequence(new BigDecimal(value, size.decimals()).toPlainString(), StandardCharsets.US_ASCII);
    }
}
