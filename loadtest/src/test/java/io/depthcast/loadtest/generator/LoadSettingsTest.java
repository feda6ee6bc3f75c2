package io.depthcast.loadtest.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadSettingsTest {
    @Test
    void shouldSpreadTheProvingClientsEvenly() {
        LoadSettings load = LoadSettings.steady(Dialect.DEPTHCAST, 1, null, 100, Profile.ONE, true, 20);
        List<Integer> proving =
                IntStream.range(0, 100).filter(load::proves).boxed().toList();
        assertEquals(IntStream.range(0, 20).map(i -> 5 * i + 4).boxed().toList(), proving);
    }
}
