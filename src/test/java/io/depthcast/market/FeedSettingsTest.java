package io.depthcast.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedSettingsTest {
    @Test
    void shouldDefaultToTwoThousandSimulatedEventsPerSecond() {
        assertThat(FeedSettings.DEFAULTS).isEqualTo(new FeedSettings("simulated", 1, 2_000, 24));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_001})
    void shouldRefuseNumbersOfInstrumentsOutsideTheRange(int instruments) {
        assertThatThrownBy(() -> new FeedSettings("simulated", 1, 2_000, instruments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("instruments: expected 1 to 1000, got " + instruments);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_000_001})
    void shouldRefuseRatesOutsideTheRange(int eventsPerSecond) {
        assertThatThrownBy(() -> new FeedSettings("simulated", 1, eventsPerSecond))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("eventsPerSecond: expected 1 to 1000000, got " + eventsPerSecond);
    }
}
