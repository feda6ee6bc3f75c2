package io.depthcast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can reach a pod could pick its address where pods are believed, so nobody is until proxies are named. */
class TrustedProxiesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf/gateway.yaml",
                "k8s/base/gateway.yaml",
                "k8s/overlays/dev/gateway.yaml",
                "k8s/chart/values.yaml"
            })
    void shouldTrustNobodyToSayWhoAsks(String file) throws IOException {
        assertThat(Files.readString(Path.of(file))).containsPattern("(?m)^ *trustedProxies: none$");
    }
}
