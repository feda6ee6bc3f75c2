package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.ops.Manifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a cluster gets: every field is known, and what refers to another thing finds it. */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class KubernetesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "plain", "prod"})
    void shouldFindWhatItRefersTo(String overlay) throws Exception {
        Manifests manifests = Manifests.render(overlay);
        Deployment deployment = manifests.one(Deployment.class);
        Map<String, String> podLabels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isNotEmpty();
        assertThat(podLabels)
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(podLabels)
                .containsAllEntriesOf(manifests
                        .one(PodDisruptionBudget.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
        assertThat(podLabels)
                .containsAllEntriesOf(manifests
                        .one(NetworkPolicy.class)
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels());
        List<String> ports = manifests.container().getPorts().stream()
                .map(ContainerPort::getName)
                .toList();
        for (Service service : List.of(manifests.service("depthcast"), manifests.service("depthcast-management"))) {
            assertThat(podLabels).containsAllEntriesOf(service.getSpec().getSelector());
            assertThat(service.getSpec().getPorts()).isNotEmpty().allSatisfy(port -> assertThat(ports)
                    .contains(port.getTargetPort().getStrVal()));
        }
        assertThat(manifests.one(NetworkPolicy.class).getSpec().getIngress())
                .flatExtracting(rule -> rule.getPorts())
                .extracting(port -> port.getPort().getStrVal())
                .containsExactlyInAnyOrderElementsOf(ports);
    }

    @Test
    void shouldBeReachedThroughAnIngressInDev() throws Exception {
        Manifests manifests = Manifests.render("dev");
        assertThat(manifests.one(Ingress.class).getSpec().getRules())
                .flatExtracting(rule -> rule.getHttp().getPaths())
                .allSatisfy(path -> assertThat(manifests.portNames(
                                path.getBackend().getService().getName()))
                        .contains(path.getBackend().getService().getPort().getName()));
    }

    @Test
    void shouldBeReachedThroughAGatewayInProd() throws Exception {
        Manifests manifests = Manifests.render("prod");
        assertThat(manifests.one(HTTPRoute.class).getSpec().getRules())
                .flatExtracting(rule -> rule.getBackendRefs())
                .isNotEmpty()
                .allSatisfy(backend -> assertThat(
                                manifests.service(backend.getName()).getSpec().getPorts())
                        .extracting(ServicePort::getPort)
                        .contains(backend.getPort()));
    }

    @Test
    void shouldScaleTheDeploymentThatIsThere() throws Exception {
        Manifests manifests = Manifests.render("prod");
        Deployment deployment = manifests.one(Deployment.class);
        HorizontalPodAutoscaler scaler = manifests.one(HorizontalPodAutoscaler.class);

        assertThat(scaler.getSpec().getScaleTargetRef().getName())
                .isEqualTo(deployment.getMetadata().getName());
        assertThat(scaler.getSpec().getScaleTargetRef().getKind()).isEqualTo(deployment.getKind());
        assertThat(deployment.getSpec().getReplicas())
                .as("the autoscaler's to set")
                .isNull();
        String metric =
                scaler.getSpec().getMetrics().get(0).getPods().getMetric().getName();
        assertThat(metrics()).contains("\n" + metric + " ");
    }

    @Test
    void shouldBeWatchedByTheRulesOfConf() throws Exception {
        Manifests manifests = Manifests.render("prod");
        ServiceMonitor monitor = manifests.one(ServiceMonitor.class);
        Service watched = manifests.service("depthcast-management");

        assertThat(watched.getMetadata().getLabels())
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels())
                .containsEntry(monitor.getSpec().getJobLabel(), "depthcast");
        assertThat(monitor.getSpec().getEndpoints()).singleElement().satisfies(endpoint -> assertThat(
                        watched.getSpec().getPorts())
                .extracting(ServicePort::getName)
                .contains(endpoint.getPort()));
        assertThat(manifests.raw(PrometheusRule.class).get("spec"))
                .as(
                        "the groups of conf/prometheus/rules.yml; the first lines of prometheusrule.yaml say how to copy them")
                .isEqualTo(Manifests.yaml(Files.readString(Path.of("conf/prometheus/rules.yml"))));
        assertThat(manifests.all(ConfigMap.class))
                .extracting(map -> map.getData().get("depthcast.json"))
                .contains(Files.readString(Path.of("conf/grafana/dashboards/depthcast.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "plain", "prod"})
    void shouldAskForNoMorePowerThanItNeeds(String overlay) throws Exception {
        Manifests manifests = Manifests.render(overlay);
        PodSpec pod = manifests.pod();
        Container container = manifests.container();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        // The variables that it would bring are refused by the gateway.
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits())
                .containsOnlyKeys("memory")
                .containsEntry("memory", container.getResources().getRequests().get("memory"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "plain", "prod"})
    void shouldRunThisVersion(String overlay) throws Exception {
        assertThat(Manifests.render(overlay).container().getImage()).isEqualTo("depthcast:" + Version.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "plain", "prod"})
    void shouldGiveTheGatewayAConfigurationThatItTakes(String overlay) throws Exception {
        Manifests manifests = Manifests.render(overlay);
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, manifests.configuration());
        StringWriter said = new StringWriter();
        CommandLine command = GatewayCommand.commandLine(Map.of(), Map.of());
        command.setErr(new PrintWriter(said)).setOut(new PrintWriter(said));

        assertThat(manifests.container().getArgs()).containsExactly("--config=/etc/depthcast/gateway.yaml");
        assertThat(manifests.container().getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/depthcast"));
        assertThat(command.execute("--config", file.toString(), "--check-config"))
                .as("%s", said)
                .isZero();
        Settings settings = TestSettings.of(file);
        long preStop =
                manifests.container().getLifecycle().getPreStop().getSleep().getSeconds();
        assertThat(manifests.pod().getTerminationGracePeriodSeconds())
                .as("seconds to wait for proxies, to send the clients away, and to end in")
                .isGreaterThanOrEqualTo(preStop + settings.drain().seconds() + 15);
        Map<String, Integer> ports = Map.of(
                "http", settings.http().port(),
                "management", settings.management().port());
        assertThat(manifests.container().getPorts()).hasSize(2).allSatisfy(port -> assertThat(ports)
                .containsEntry(port.getName(), port.getContainerPort()));
    }

    @Test
    void shouldProbePathsThatAreServed() throws Exception {
        Container container = Manifests.render("prod").container();
        Gateway gateway = done(Gateway.start(TestSettings.with("http.port=0", "management.port=0", "ingest.port=0")));
        try {
            for (Probe probe :
                    List.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())) {
                assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
                assertThat(status(gateway.managementPort(), probe.getHttpGet().getPath()))
                        .isEqualTo(200);
            }
        } finally {
            done(gateway.stop());
        }
    }

    private static String metrics() throws Exception {
        Gateway gateway = done(Gateway.start(TestSettings.with("http.port=0", "management.port=0", "ingest.port=0")));
        try {
            URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } finally {
            done(gateway.stop());
        }
    }

    /** Readiness needs the feed to be heard first, so it is asked again for a while. */
    private static int status(int port, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int status;
        do {
            status = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        } while (status == 503 && System.nanoTime() < until);
        return status;
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
