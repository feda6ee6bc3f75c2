package io.depthcast.wire;

/**
 * The CRC-32 of a text from those of its parts, without reading it again: what follows shifts the polynomial of what went
 * before (as zlib's {@code crc32_combine} does it). Polynomials modulo the CRC's own, lowest power in the highest bit.
 */
final class JoinedCrc {
    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 1 << 31;
    private static final int BITS_PER_BYTE_LOG = 3;
    /** x to the power of 1, 2, 4, 8 and so on. */
    private static final int[] SQUARES = squares();

    private JoinedCrc() {}

    /** The shift that so many bytes cause: x to the power of their bits. */
    static int shift(int bytes) {
        int product = ONE;
        int power = BITS_PER_BYTE_LOG;
        for (int rest = bytes; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                product = multiply(SQUARES[power & 31], product);
            }
            power++;
        }
        return product;
    }

    /** @param secondShift the shift that the second part causes */
    static int join(int firstCrc, int secondCrc, int secondShift) {
        return multiply(secondShift, firstCrc) ^ secondCrc;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int factor = b;
        for (int rest = a; rest != 0; rest <<= 1) {
            // Masks instead of branches, which would be guessed wrong every second time.
            product ^= factor & (rest >> 31);
            factor = (factor >>> 1) ^ (POLYNOMIAL & -(factor & 1));
        }
        return product;
    }

    private static int[] squares() {
        int[] squares = new int[32];
        squares[0] = 1 << 30;
        for (int i = 1; i < squares.length; i++) {
            squares[i] = multiply(squares[i - 1], squares[i - 1]);
        }
        return squares;
    }
}
