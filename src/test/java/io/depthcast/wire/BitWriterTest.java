package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitWriterTest {
    private final ByteBuf out = Unpooled.buffer();
    private final BitWriter writer = new BitWriter(out);

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "0, 3, 1000",
        "7, 3, 1111",
        "8, 3, 010000",
        "24, 3, 00100000",
        "1, 0, 010",
        "2, 0, 011",
        "3, 0, 00100"
    })
    void shouldWriteAPrefixAndTheLowBits(long number, int order, String bits) {
        writer.number(number, order);
        writer.end();

        assertThat(written()).startsWith(bits).hasSize(8).matches(bits + "0*");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldWriteWhatABitStringHolds(long seed) {
        Random random = new Random(seed);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            long number = random.nextInt(20) == 0 ? -1 : random.nextLong() >>> random.nextInt(64);
            int bits = random.nextInt(65);
            int order = 1 + random.nextInt(31);
            if (random.nextInt(3) == 0) {
                writer.wide(bits == 0 ? 0 : number >>> (64 - bits), bits);
                expected.append(bits == 0 ? "" : binary(number >>> (64 - bits), bits));
            } else {
                writer.number(number, order);
                expected.append(naive(number, order));
            }
        }
        writer.end();

        assertThat(written()).isEqualTo(expected + "0".repeat(-expected.length() & 7));
    }

    /** As the document says it. */
    private static String naive(long number, int order) {
        String low = binary(number, Long.SIZE).substring(Long.SIZE - order);
        String prefix = new BigInteger(Long.toUnsignedString(number))
                .shiftRight(order)
                .add(BigInteger.ONE)
                .toString(2);
        return "0".repeat(prefix.length() - 1) + prefix + low;
    }

    private String written() {
        StringBuilder bits = new StringBuilder();
        while (out.isReadable()) {
            bits.append(binary(out.readUnsignedByte(), Byte.SIZE));
        }
        return bits.toString();
    }

    private static String binary(long value, int bits) {
        String digits = Long.toBinaryString(value);
        return "0".repeat(Math.max(0, bits - digits.length())) + digits;
    }
}
