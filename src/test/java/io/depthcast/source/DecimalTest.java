package io.depthcast.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.StepSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @ParameterizedTest
    @CsvSource({
        "10.02, 0.01, 1002",
        "10.020000, 0.01, 1002",
        "-0.06, 0.01, -6",
        "0, 0.01, 0",
        "-0, 0.01, 0",
        "200000, 0.5, 400000",
        "92233720368547758.07, 0.01, 9223372036854775807",
        "9223372036854775807, 1, 9223372036854775807",
        "0.000000000000000001, 0.000000000000000001, 1",
        "7, 2, NONE",
        "10.005, 0.01, NONE",
        "10.0200000000000000000000001, 0.01, NONE",
        "92233720368547758.08, 0.01, NONE",
    })
    void shouldTurnAPriceIntoWholeTicksOrRefuseIt(String text, String tick, String ticks) {
        long expected = ticks.equals("NONE") ? Decimal.NONE : Long.parseLong(ticks);
        assertThat(parsed(text).ticks(StepSize.parse(tick))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "25.42618900, 0.00001, 2542618, true",
        "0.000001, 0.00001, 1, true",
        "0.00000000000000000000000001, 0.00001, 1, true",
        "0.00000, 0.00001, 0, false",
        "7, 2, 3, true",
        "9223372036854775.807, 0.001, 9223372036854775807, false",
        "5, 1, 5, false",
    })
    void shouldRoundASizeDownButNeverToNothing(String text, String lot, long lots, boolean isFiner) {
        Decimal size = parsed(text);
        assertThat(size.lots(StepSize.parse(lot))).isEqualTo(lots);
        assertThat(size.isFiner(StepSize.parse(lot))).isEqualTo(isFiner);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "9223372036854775807, 0.1"})
    void shouldRefuseASizeThatIsNegativeOrTooLarge(String text, String lot) {
        assertThat(parsed(text).lots(StepSize.parse(lot))).isEqualTo(Decimal.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1.",
                ".5",
                "1e5",
                "+1",
                " 1",
                "1 ",
                "1,5",
                "0x1",
                "1.2.3",
                "--1",
                "NaN",
                "9223372036854775808",
                "11111111111111111111111111111111111111111111111111111111111111111"
            })
    void shouldRefuseWhatIsNoDecimal(String text) {
        assertThat(new Decimal().parse(text.toCharArray(), 0, text.length())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_129})
    void shouldAgreeWithBigDecimal(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StepSize step = new StepSize(1 + random.nextInt(30), -random.nextInt(10));
            BigDecimal value = BigDecimal.valueOf(random.nextLong() >>> random.nextInt(60), random.nextInt(12));
            BigDecimal size = BigDecimal.valueOf(step.mantissa(), step.decimals());
            BigDecimal[] parts = value.divideAndRemainder(size);
            boolean fits =
                    value.divide(size, 0, RoundingMode.CEILING).unscaledValue().bitLength() < 62;
            Decimal decimal = parsed(value.toPlainString());
            if (fits && parts[0].abs().compareTo(BigDecimal.valueOf(1L << 30)) < 0) {
                boolean isWhole = parts[1].signum() == 0;
                assertThat(decimal.ticks(step))
                        .as("seed %d: %s in %s", seed, value, step)
                        .isEqualTo(isWhole ? parts[0].longValueExact() : Decimal.NONE);
                if (value.signum() >= 0) {
                    long lots = parts[0].longValueExact();
                    assertThat(decimal.lots(step))
                            .as("seed %d: %s in %s", seed, value, step)
                            .isEqualTo(value.signum() > 0 ? Math.max(1, lots) : 0);
                    assertThat(decimal.isFiner(step)).isEqualTo(!isWhole);
                }
            }
        }
    }

    private static Decimal parsed(String text) {
        Decimal decimal = new Decimal();
        char[] padded = ("x" + text + "9").toCharArray();
        assertThat(decimal.parse(padded, 1, text.length())).as(text).isTrue();
        return decimal;
    }
}
