package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.config.Key;
import io.depthcast.ops.Manifests;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The component of a cluster whose gateways share a log: feeds beside them, and what both need to reach the brokers. */
@NeedsProcesses
@Timeout(300)
class KubernetesFeedTest {
    private static final String FEED = "depthcast-feed";

    private static Manifests manifests;

    @BeforeAll
    static void render() throws Exception {
        manifests = Manifests.render("prod");
    }

    @Test
    void shouldHaveTwoFeedsThatNobodyReachesButMonitoring() {
        Deployment feed = manifests.named(Deployment.class, FEED);
        Map<String, String> labels = feed.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(feed.getSpec().getReplicas()).isEqualTo(2);
        assertThat(labels)
                .containsAllEntriesOf(feed.getSpec().getSelector().getMatchLabels())
                .containsAllEntriesOf(manifests
                        .named(PodDisruptionBudget.class, FEED)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .containsAllEntriesOf(manifests
                        .named(NetworkPolicy.class, FEED)
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels())
                .containsAllEntriesOf(
                        manifests.service("depthcast-feed-management").getSpec().getSelector());
        // A client that the Service of the gateways led to a feed would find nobody.
        assertThat(labels)
                .doesNotContainEntry(
                        "app.kubernetes.io/name",
                        manifests.service("depthcast").getSpec().getSelector().get("app.kubernetes.io/name"));
        assertThat(manifests.service("depthcast-feed-management").getMetadata().getLabels())
                .containsAllEntriesOf(manifests
                        .one(ServiceMonitor.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
    }

    @Test
    void shouldTellEachItsRoleAndWhereTheBrokersAre() {
        PodSpec feed = pod(FEED);
        PodSpec gateway = pod("depthcast");

        assertThat(role(feed)).isEqualTo("feed");
        assertThat(role(gateway)).isEqualTo("gateway");
        for (PodSpec pod : new PodSpec[] {feed, gateway}) {
            assertThat(variable(pod, "kafka.bootstrap")
                            .getValueFrom()
                            .getConfigMapKeyRef()
                            .getName())
                    .startsWith("depthcast-kafka");
            String file = variable(pod, "kafka.properties").getValue();
            assertThat(container(pod).getVolumeMounts())
                    .filteredOn(mount -> file.startsWith(mount.getMountPath() + "/"))
                    .singleElement()
                    .satisfies(mount -> assertThat(pod.getVolumes())
                            .filteredOn(volume -> volume.getName().equals(mount.getName()))
                            .singleElement()
                            .satisfies(volume -> assertThat(volume.getSecret().getSecretName())
                                    .isEqualTo("depthcast-kafka")));
        }
        assertThat(manifests.all(NetworkPolicy.class)).hasSize(2).allSatisfy(policy -> assertThat(
                        policy.getSpec().getEgress())
                .flatExtracting(rule -> rule.getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactlyInAnyOrder(9_093, 53, 53));
    }

    @Test
    void shouldHaveFeedsOfThisVersionWithNoMorePowerThanGateways() {
        Container feed = container(pod(FEED));
        Container gateway = container(pod("depthcast"));

        assertThat(feed.getImage()).isEqualTo("depthcast:" + Version.text()).isEqualTo(gateway.getImage());
        assertThat(feed.getSecurityContext()).isEqualTo(gateway.getSecurityContext());
        assertThat(pod(FEED).getSecurityContext()).isEqualTo(pod("depthcast").getSecurityContext());
        assertThat(feed.getReadinessProbe()).isEqualTo(gateway.getReadinessProbe());
        assertThat(feed.getLivenessProbe()).isEqualTo(gateway.getLivenessProbe());
        assertThat(feed.getArgs()).isEqualTo(gateway.getArgs());
    }

    @Test
    void shouldNotStartThoseAgainThatWaitForBrokers() {
        for (String deployment : List.of(FEED, "depthcast")) {
            assertThat(container(pod(deployment)).getStartupProbe().getHttpGet().getPath())
                    .isEqualTo("/livez");
        }
    }

    @Test
    void shouldLetPublishersInWhereThatIsWanted() throws Exception {
        Path overlay = Files.createDirectories(Path.of("target", "k8s-publishers"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                resources: [../../k8s/overlays/prod]
                components: [../../k8s/components/auth, ../../k8s/components/publishers]
                """);
        Manifests opened = Manifests.render("../../" + overlay);
        PodSpec feed =
                opened.named(Deployment.class, FEED).getSpec().getTemplate().getSpec();

        assertThat(variable(feed, "ingest.host").getValue()).isEqualTo("0.0.0.0");
        assertThat(variable(feed, "auth.keys").getValue()).startsWith("/etc/depthcast-keys/");
        assertThat(opened.portNames("depthcast-publish")).containsExactly("ingest");
        assertThat(container(feed).getPorts())
                .filteredOn(port -> port.getName().equals("ingest"))
                .singleElement()
                .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(8_082));
        assertThat(opened.named(NetworkPolicy.class, FEED).getSpec().getIngress())
                .filteredOn(rule -> rule.getPorts().get(0).getPort().getStrVal().equals("ingest"))
                .singleElement()
                .satisfies(rule -> assertThat(
                                rule.getFrom().get(0).getPodSelector().getMatchLabels())
                        .containsEntry("depthcast.io/publisher", "true"));
        assertThat(manifests.named(NetworkPolicy.class, FEED).getSpec().getIngress())
                .as("not without the component")
                .hasSize(1);
    }

    private static PodSpec pod(String deployment) {
        return manifests
                .named(Deployment.class, deployment)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static Container container(PodSpec pod) {
        return pod.getContainers().get(0);
    }

    private static String role(PodSpec pod) {
        return variable(pod, "node.role").getValue();
    }

    private static EnvVar variable(PodSpec pod, String key) {
        String name = Keys.ALL.stream()
                .filter(each -> each.name().equals(key))
                .map(Key::environmentName)
                .findFirst()
                .orElseThrow();
        return container(pod).getEnv().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
