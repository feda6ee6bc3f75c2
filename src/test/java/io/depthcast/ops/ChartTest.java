package io.depthcast.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.depthcast.NeedsProcesses;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chart gives a cluster what the manifests give it, as Helm itself renders it. */
@Timeout(300)
@NeedsProcesses
class ChartTest {
    private static final Path CHART = Path.of("k8s/chart");

    /** The oldest that takes the manifests. */
    private static final String KUBERNETES = "1.30.0";

    @TempDir
    Path folder;

    @Test
    void shouldRenderWhatTheManifestsAre() throws Exception {
        Manifests manifests = Manifests.render("plain");
        Manifests chart = new Manifests(Manifests.documents(new Helm(CHART)
                .template()
                .withKubeVersion(KUBERNETES)
                .withNamespace("depthcast")
                .call()));

        assertThat(byName(chart)).isEqualTo(byName(manifests));
    }

    @Test
    void shouldBeMadeOfTheManifestsThatAreThere() throws Exception {
        Manifests.render("plain");
        Process make = new ProcessBuilder(CHART.resolve("make").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(make.waitFor()).as(said).isZero();
        assertThat(files(CHART.resolve("templates")))
                .as("k8s/chart/make writes them anew")
                .isEqualTo(files(folder));
    }

    @Test
    void shouldTakeWhatDiffersFromClusterToCluster() throws Exception {
        String rendered = new Helm(CHART)
                .template()
                .withKubeVersion(KUBERNETES)
                .withNamespace("prices")
                .set("replicas", 5)
                .set("image.repository", "registry.example.com/depthcast")
                .set("image.tag", "1.2.3")
                .set("service.type", "ClusterIP")
                .set("config.limits.trustedProxies", "10.1.2.0/24")
                .set("resources.limits.memory", "2Gi")
                .call();
        Manifests chart = new Manifests(Manifests.documents(rendered));

        assertThat(chart.one(Deployment.class).getSpec().getReplicas()).isEqualTo(5);
        assertThat(chart.one(Deployment.class).getMetadata().getNamespace()).isEqualTo("prices");
        assertThat(chart.container().getImage()).isEqualTo("registry.example.com/depthcast:1.2.3");
        assertThat(chart.container().getResources().getLimits().get("memory")).hasToString("2Gi");
        assertThat(chart.service("depthcast").getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(chart.service("depthcast").getSpec().getExternalTrafficPolicy())
                .isNull();
        assertThat(chart.one(ConfigMap.class).getData().get("gateway.yaml")).contains("trustedProxies: 10.1.2.0/24");
    }

    @Test
    void shouldPassTheLintOfHelm() {
        LintResult lint = new Helm(CHART).lint().call();

        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    }

    @Test
    void shouldBeOfThisVersion() throws Exception {
        Properties built = new Properties();
        built.load(Objects.requireNonNull(ChartTest.class.getResourceAsStream("/depthcast.properties")));

        assertThat(Manifests.yaml(Files.readString(CHART.resolve("Chart.yaml"))))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("version", built.getProperty("version"))
                .containsEntry("appVersion", built.getProperty("version"));
    }

    /** Every resource but the namespace, which an operator of Helm names; a configuration by what it says. */
    private static Map<String, Object> byName(Manifests manifests) {
        Map<String, Object> resources = new TreeMap<>();
        for (Map<String, Object> document : manifests.documents()) {
            Map<String, Object> resource = new LinkedHashMap<>(document);
            String kind = (String) resource.get("kind");
            if (resource.get("data") instanceof Map<?, ?> data) {
                resource.put("data", Manifests.yaml((String) data.get("gateway.yaml")));
            }
            if (!kind.equals(Namespace.class.getSimpleName())) {
                resources.put(kind + " " + ((Map<?, ?>) document.get("metadata")).get("name"), resource);
            }
        }
        assertThat(resources).containsKeys("Deployment depthcast", Service.class.getSimpleName() + " depthcast");
        return resources;
    }

    private static Map<String, String> files(Path folder) throws Exception {
        Map<String, String> texts = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : List.copyOf(files.toList())) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
