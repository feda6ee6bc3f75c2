package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.limit.Networks;
import io.depthcast.ops.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests give a cluster where nobody has said anything yet. */
@Timeout(300)
@NeedsProcesses
class ClusterDefaultsTest {
    @TempDir
    Path folder;

    /** Whoever is named can give any client any address. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "plain", "prod"})
    void shouldTrustNoProxyThatNobodyHasNamed(String overlay) throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, Manifests.render(overlay).configuration());

        assertThat(TestSettings.of(file).admission().trustedProxies()).isEqualTo(Networks.NONE);
    }

    @Test
    void shouldNeedNothingButKubernetesInPlain() throws Exception {
        Manifests manifests = Manifests.render("plain");

        assertThat(manifests.kinds())
                .containsExactlyInAnyOrder(
                        "Namespace",
                        "ServiceAccount",
                        "ConfigMap",
                        "Service",
                        "Service",
                        "Deployment",
                        "PodDisruptionBudget",
                        "NetworkPolicy");
        assertThat(manifests.service("depthcast").getSpec().getExternalTrafficPolicy())
                .as("clients come by their own addresses")
                .isEqualTo("Local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "plain", "prod"})
    void shouldHaveAPlaceForADumpOfTheHeap(String overlay) throws Exception {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<jvmFlag>-XX:HeapDumpPath=/dumps</jvmFlag>");
        assertThat(Manifests.render(overlay).container().getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/dumps"));
    }
}
