package io.depthcast.loadtest.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadSettingsTest {
    @Test
    void shouldSpreadTheProvingClientsEvenly() {
        LoadSettings load = LoadSettings.steady(Dialect.DEPTHCAST, 1, null, 100, Profile.ONE, true, 20);
        assertThat(IntStream.range(0, 100).filter(load::proves).boxed())
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> 5 * i + 4).toList());
    }
}
