package io.depthcast.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads raw deflate (RFC 1951) only to learn how far back it refers. */
final class BackReferences {
    private static final int[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int END_OF_BLOCK = 256;

    private final byte[] deflated;
    private int bit;
    private int plainBytes;
    private int longest;

    private BackReferences(byte[] deflated) {
        this.deflated = deflated;
    }

    /** Bytes that the farthest reference goes back; 0 if there is none. The blocks must end on a byte, none is final. */
    static int longest(byte[] deflated) {
        BackReferences reader = new BackReferences(deflated);
        while (reader.bit < 8 * deflated.length - 7) {
            reader.block();
        }
        return reader.longest;
    }

    private void block() {
        if (bits(1) == 1) {
            throw new IllegalStateException("final block at bit " + bit);
        }
        switch (bits(2)) {
            case 0 -> stored();
            case 1 -> coded(codes(fixedLengths()), codes(filled(30, 5)));
            case 2 -> dynamic();
            default -> throw new IllegalStateException("unknown block at bit " + bit);
        }
    }

    private void stored() {
        bit = (bit + 7) / 8 * 8;
        int length = bits(16);
        if ((bits(16) ^ 0xFFFF) != length) {
            throw new IllegalStateException("bad stored length at bit " + bit);
        }
        plainBytes += length;
        bit += 8 * length;
    }

    private void dynamic() {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int[] lengthLengths = new int[CODE_LENGTH_ORDER.length];
        for (int i = 0, count = bits(4) + 4; i < count; i++) {
            lengthLengths[CODE_LENGTH_ORDER[i]] = bits(3);
        }
        Map<Integer, Integer> lengthCodes = codes(lengthLengths);
        int[] lengths = new int[literals + distances];
        for (int i = 0; i < lengths.length; ) {
            int symbol = symbol(lengthCodes);
            int value = symbol == 16 ? lengths[i - 1] : symbol < 16 ? symbol : 0;
            int repeat =
                    switch (symbol) {
                        case 16 -> 3 + bits(2);
                        case 17 -> 3 + bits(3);
                        case 18 -> 11 + bits(7);
                        default -> 1;
                    };
            Arrays.fill(lengths, i, i + repeat, value);
            i += repeat;
        }
        coded(codes(Arrays.copyOf(lengths, literals)), codes(Arrays.copyOfRange(lengths, literals, lengths.length)));
    }

    private void coded(Map<Integer, Integer> literals, Map<Integer, Integer> distances) {
        int symbol;
        while ((symbol = symbol(literals)) != END_OF_BLOCK) {
            if (symbol < END_OF_BLOCK) {
                plainBytes++;
                continue;
            }
            int length = matchLength(symbol - 257);
            int distance = distance(symbol(distances));
            if (distance > plainBytes) {
                throw new IllegalStateException("reference to before the start, " + distance + " at " + plainBytes);
            }
            longest = Math.max(longest, distance);
            plainBytes += length;
        }
    }

    private int matchLength(int code) {
        if (code == 28) {
            return 258;
        }
        int extra = code < 8 ? 0 : code / 4 - 1;
        return code < 8 ? 3 + code : 3 + ((4 + code % 4) << extra) + bits(extra);
    }

    private int distance(int code) {
        int extra = code < 4 ? 0 : code / 2 - 1;
        return code < 4 ? 1 + code : 1 + ((2 + code % 2) << extra) + bits(extra);
    }

    private int symbol(Map<Integer, Integer> codes) {
        int code = 1;
        for (int length = 1; length <= 15; length++) {
            code = (code << 1) | bits(1);
            Integer symbol = codes.get(code);
            if (symbol != null) {
                return symbol;
            }
        }
        throw new IllegalStateException("no such code at bit " + bit);
    }

    /** Symbols by their code with a 1 before it, in the canonical order of RFC 1951, 3.2.2. */
    private static Map<Integer, Integer> codes(int[] lengths) {
        Map<Integer, Integer> codes = new HashMap<>();
        int code = 0;
        for (int length = 1; length <= 15; length++) {
            code <<= 1;
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    codes.put((1 << length) | code++, symbol);
                }
            }
        }
        return codes;
    }

    private static int[] fixedLengths() {
        int[] lengths = filled(288, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        return lengths;
    }

    private static int[] filled(int count, int value) {
        int[] filled = new int[count];
        Arrays.fill(filled, value);
        return filled;
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value |= ((deflated[bit / 8] >> (bit % 8)) & 1) << i;
        }
        return value;
    }
}
