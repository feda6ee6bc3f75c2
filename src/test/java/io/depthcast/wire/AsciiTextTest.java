package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.StepSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiTextTest {
    private static final int NUMBERS = 20_000;
    private static final int MAX_DECIMALS = 18;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldWriteNumbersAsTheirDecimalsAreWritten(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < NUMBERS; i++) {
            long number = number(random);
            StepSize step = new StepSize(Math.max(1, number(random) >>> 1), -random.nextInt(MAX_DECIMALS + 1));
            assertThat(written(out -> out.writeInteger(number))).isEqualTo(Long.toString(number));
            BigInteger steps = BigInteger.valueOf(number).multiply(BigInteger.valueOf(step.mantissa()));
            String expected = new BigDecimal(steps, step.decimals()).toPlainString();
            assertThat(written(out -> out.writePrice(number, step))).isEqualTo(expected);
            assertThat(written(out -> out.writeSize(number, step))).isEqualTo(number == 0 ? "0" : expected);
        }
    }

    /** Of every length, and often beside a power of ten. */
    private static long number(Random random) {
        long beside = BigInteger.TEN.pow(random.nextInt(19)).longValueExact() + random.nextInt(3) - 1;
        return switch (random.nextInt(8)) {
            case 0 -> Long.MIN_VALUE + random.nextInt(2);
            case 1 -> Long.MAX_VALUE - random.nextInt(2);
            case 2 -> beside;
            case 3 -> -beside;
            default -> random.nextLong() >> random.nextInt(Long.SIZE);
        };
    }

    @Test
    void shouldAppendWhatIsLongerThanItsArray() {
        String word = "0123456789".repeat(1_000);

        String text = written(out -> {
            for (int i = 0; i < 20; i++) {
                out.write(word);
                out.write(',');
                out.write(AsciiText.ascii(word));
                out.writeInteger(-i);
            }
        });

        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            expected.append(word).append(',').append(word).append(-i);
        }
        assertThat(text).isEqualTo(expected.toString());
        assertThat(written(out -> out.write("short"))).isEqualTo("short");
    }

    @Test
    void shouldForgetWhatWasNotAppended() {
        AsciiText.begin().write("a message that failed");

        assertThat(written(out -> out.write("the next"))).isEqualTo("the next");
    }

    @Test
    void shouldAppendBehindWhatTheBufferHas() {
        ByteBuf buffer = Unpooled.copiedBuffer("before ", StandardCharsets.US_ASCII);
        AsciiText text = AsciiText.begin();
        text.write("after");
        text.appendTo(buffer);

        assertThat(buffer.toString(StandardCharsets.US_ASCII)).isEqualTo("before after");
    }

    private static String written(Consumer<AsciiText> writer) {
        AsciiText text = AsciiText.begin();
        writer.accept(text);
        ByteBuf buffer = Unpooled.buffer();
        text.appendTo(buffer);
        return buffer.toString(StandardCharsets.US_ASCII);
    }
}
