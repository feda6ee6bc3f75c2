package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps as strangers write them. */
@Timeout(300)
class StepSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0.01, 0.01",
        "25, 25",
        "1e3, 1000",
        "0.10, 0.10",
        "1e18, 1000000000000000000",
        "1e-18, 0.000000000000000001"
    })
    void shouldReadWhatFits(String text, String written) {
        assertThat(StepSize.parse(text)).hasToString(written);
    }

    /** Some would take minutes to write out, or all memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "x",
                "1e-19",
                "1e19",
                "1e100000000",
                "0.1e100000001",
                "1e-100000000",
                "0e999999999",
                "1e2147483647"
            })
    void shouldRefuseWhatDoesNot(String text) {
        assertThatThrownBy(() -> StepSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a positive decimal, got \"" + text + "\"");
    }
}
