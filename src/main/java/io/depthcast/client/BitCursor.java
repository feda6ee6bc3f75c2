package io.depthcast.client;

import static io.depthcast.client.CompactCursor.require;

/** Reads bits from the bytes of a cursor, the highest of each byte first, never beyond its end. */
final class BitCursor {
    private final CompactCursor in;
    private int current;
    /** Bits of the current byte that are not read yet. */
    private int left;

    BitCursor(CompactCursor in) {
        this.in = in;
    }

    /** @param count up to 64 */
    long bits(int count) throws RefusedException {
        long value = 0;
        for (int missing = count; missing > 0; ) {
            if (left == 0) {
                current = in.uint8();
                left = Byte.SIZE;
            }
            int taken = Math.min(missing, left);
            left -= taken;
            missing -= taken;
            value = (value << taken) | ((current >>> left) & ((1 << taken) - 1));
        }
        return value;
    }

    boolean bit() throws RefusedException {
        return bits(1) == 1;
    }

    /** An exponential Golomb code, 64 bits, unsigned; what is larger is refused. */
    long number(int order) throws RefusedException {
        int zeros = 0;
        while (!bit()) {
            require(++zeros < Long.SIZE);
        }
        long prefix = ((1L << zeros) | bits(zeros)) - 1;
        require(Long.compareUnsigned(prefix, -1L >>> order) <= 0);
        return (prefix << order) | bits(order);
    }

    long signed(int order) throws RefusedException {
        return CompactCursor.unzigzag(number(order));
    }

    /** A number of entries, of so many bits at least, which can follow at all, so that memory can be set aside for them. */
    int entries(long count, int leastBits) throws RefusedException {
        if (count < 0 || count > (in.remaining() * (long) Byte.SIZE + left) / leastBits) {
            throw new RefusedException(DecodeResult.TRUNCATED);
        }
        return (int) count;
    }

    /** Whatever is left of the last byte must be zeros. */
    void end() throws RefusedException {
        require(bits(left) == 0);
    }
}
