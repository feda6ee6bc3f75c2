package io.depthcast.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.app.Keys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final Catalogue CATALOGUE = new Catalogue(Keys.ALL);

    @Test
    void shouldIgnoreWhatKubernetesSaysOfServicesNamedLikeUs() {
        Map<String, String> pod = Map.of(
                "DEPTHCAST_SERVICE_HOST", "10.0.0.1",
                "DEPTHCAST_SERVICE_PORT", "8080",
                "DEPTHCAST_SERVICE_PORT_HTTP", "8080",
                "DEPTHCAST_PORT", "tcp://10.0.0.1:8080",
                "DEPTHCAST_PORT_8080_TCP_ADDR", "10.0.0.1",
                "DEPTHCAST_MANAGEMENT_SERVICE_HOST", "10.0.0.2",
                "DEPTHCAST_MANAGEMENT_PORT", "tcp://10.0.0.2:8081",
                "DEPTHCAST_MANAGEMENT_PORT_8081_TCP", "tcp://10.0.0.2:8081");

        assertThat(Environment.variables(pod, CATALOGUE)).isEqualTo(new Source(List.of(), List.of()));
    }

    @Test
    void shouldTakeAPortSetByHandBesideAServiceOfThatName() {
        Map<String, String> pod =
                Map.of("DEPTHCAST_MANAGEMENT_SERVICE_HOST", "10.0.0.2", "DEPTHCAST_MANAGEMENT_PORT", "9001");

        assertThat(Environment.variables(pod, CATALOGUE).given())
                .containsExactly(Given.text("management.port", "9001", "DEPTHCAST_MANAGEMENT_PORT"));
    }

    @Test
    void shouldReadAnAddressWithoutSuchAServiceAsAMistakenPort() {
        Map<String, String> shell = Map.of("DEPTHCAST_MANAGEMENT_PORT", "tcp://10.0.0.2:8081");

        assertThat(Environment.variables(shell, CATALOGUE).given()).hasSize(1);
    }
}
