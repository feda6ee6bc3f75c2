package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.config.Key;
import io.depthcast.ops.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The component of a cluster whose clients show tokens. */
@NeedsProcesses
@Timeout(300)
class KubernetesKeysTest {
    @Test
    void shouldMountTheKeysThatTheGatewayReads() throws Exception {
        Path overlay = Files.createDirectories(Path.of("target", "k8s-auth"));
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                "resources: [../../k8s/overlays/dev]\ncomponents: [../../k8s/components/auth]\n");
        Manifests manifests = Manifests.render("../../" + overlay);

        assertThat(manifests.container().getEnv())
                .filteredOn(
                        variable -> variable.getName().equals(key("auth.keys").environmentName()))
                .singleElement()
                .satisfies(keys -> assertThat(manifests.container().getVolumeMounts())
                        .filteredOn(mount -> keys.getValue().startsWith(mount.getMountPath() + "/"))
                        .singleElement()
                        .satisfies(mount -> assertThat(manifests.pod().getVolumes())
                                .filteredOn(volume -> volume.getName().equals(mount.getName()))
                                .singleElement()
                                .satisfies(
                                        volume -> assertThat(volume.getSecret().getSecretName())
                                                .isEqualTo("depthcast-keys"))));
    }

    private static Key key(String name) {
        return Keys.ALL.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
