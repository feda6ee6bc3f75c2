package io.depthcast.wire;

import io.netty.buffer.ByteBuf;

/** Writes bits, the highest of each byte first. Whole words go out as soon as they are full, the rest with {@link #end}. */
final class BitWriter {
    private final ByteBuf out;
    private long pending;
    /** Of the pending bits; below 32 between calls. */
    private int count;

    BitWriter(ByteBuf out) {
        this.out = out;
    }

    /**
     * @param value without a bit set above the lowest {@code bits}
     * @param bits 0 to 32
     */
    void bits(long value, int bits) {
        pending = (pending << bits) | value;
        count += bits;
        if (count >= Integer.SIZE) {
            count -= Integer.SIZE;
            out.writeInt((int) (pending >>> count));
        }
    }

    /** @param bits up to 64 */
    void wide(long value, int bits) {
        int high = Math.max(0, bits - Integer.SIZE);
        bits(high == 0 ? 0 : value >>> Integer.SIZE, high);
        bits(value & mask(bits - high), bits - high);
    }

    /**
     * An exponential Golomb code: about {@code order + 1} bits for what is below 2^order, two more each time it doubles.
     *
     * @param number all 64 bits, unsigned
     * @param order 0 to 31; above 0 where the number may have all its bits set
     */
    void number(long number, int order) {
        long prefix = (number >>> order) + 1;
        int zeros = Long.SIZE - 1 - Long.numberOfLeadingZeros(prefix);
        long low = number & mask(order);
        int bits = 2 * zeros + 1 + order;
        if (bits <= Integer.SIZE) {
            bits((prefix << order) | low, bits);
        } else {
            wide(0, zeros);
            wide(prefix, zeros + 1);
            bits(low, order);
        }
    }

    /** As {@link #number}, of its {@link #zigzag}. */
    void signed(long number, int order) {
        number(zigzag(number), order);
    }

    /** 0, 1, 2, 3, 4 for 0, -1, 1, -2, 2 and so on. */
    static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    /** Fills the last byte with zeros. */
    void end() {
        for (; count > 0; count -= Byte.SIZE) {
            out.writeByte(
                    (int) (count >= Byte.SIZE ? pending >>> (count - Byte.SIZE) : pending << (Byte.SIZE - count)));
        }
        count = 0;
    }

    private static long mask(int bits) {
        return (1L << bits) - 1;
    }
}
