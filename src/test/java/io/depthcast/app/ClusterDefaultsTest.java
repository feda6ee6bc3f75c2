package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Reading;
import io.depthcast.config.YamlFile;
import io.depthcast.limit.Networks;
import io.depthcast.ops.Manifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests give a cluster where nobody has said anything yet. */
@Timeout(120)
@NeedsProcesses
class ClusterDefaultsTest {
    @TempDir
    Path folder;

    /** Whoever is named can give any client any address. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "plain", "prod"})
    void shouldTrustNoProxyThatNobodyHasNamed(String overlay) throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, configuration(Manifests.render(overlay)));

        assertThat(settings(file).admission().trustedProxies()).isEqualTo(Networks.NONE);
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

    private static Settings settings(Path file) {
        Catalogue catalogue = new Catalogue(Keys.ALL);
        Reading reading = Configuration.read(catalogue, List.of(YamlFile.read(file, catalogue)), Rules.ALL);
        return Settings.of(((Reading.Accepted) reading).settings());
    }

    /** The configuration in the map that the pod mounts. */
    private static String configuration(Manifests manifests) {
        String name = manifests.pod().getVolumes().stream()
                .filter(volume -> volume.getName().equals("config"))
                .findFirst()
                .orElseThrow()
                .getConfigMap()
                .getName();
        return manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getData()
                .get("gateway.yaml");
    }
}
