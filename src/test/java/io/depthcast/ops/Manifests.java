package io.depthcast.ops;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The resources of one overlay as kubectl renders them, each of a type that knows its fields. */
public final class Manifests {
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Stream.of(
                    ConfigMap.class,
                    Deployment.class,
                    HTTPRoute.class,
                    HorizontalPodAutoscaler.class,
                    Ingress.class,
                    Namespace.class,
                    NetworkPolicy.class,
                    PodDisruptionBudget.class,
                    PrometheusRule.class,
                    Service.class,
                    ServiceAccount.class,
                    ServiceMonitor.class)
            .collect(Collectors.toMap(HasMetadata::getKind, Function.identity()));

    /** The types take unknown fields to pass them on; here these are mistakes. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private final List<Map<String, Object>> documents;
    private final List<HasMetadata> resources = new ArrayList<>();

    Manifests(List<Map<String, Object>> documents) {
        this.documents = documents;
        for (Map<String, Object> document : documents) {
            Class<? extends HasMetadata> type = TYPES.get((String) document.get("kind"));
            if (type == null || !HasMetadata.getApiVersion(type).equals(document.get("apiVersion"))) {
                throw new IllegalArgumentException(
                        "unknown: " + document.get("apiVersion") + " " + document.get("kind"));
            }
            resources.add(STRICT.convertValue(document, type));
        }
    }

    /** Of the gateways. */
    public PodSpec pod() {
        return one(Deployment.class).getSpec().getTemplate().getSpec();
    }

    /** The one of the pod. */
    public Container container() {
        List<Container> containers = pod().getContainers();
        if (containers.size() != 1) {
            throw new IllegalStateException("expected one container: " + containers);
        }
        return containers.get(0);
    }

    public Service service(String name) {
        return named(Service.class, name);
    }

    public List<String> portNames(String service) {
        return service(service).getSpec().getPorts().stream()
                .map(ServicePort::getName)
                .toList();
    }

    /** The configuration in the map that the pod mounts. */
    public String configuration() {
        String name = pod().getVolumes().stream()
                .filter(volume -> volume.getName().equals("config"))
                .findFirst()
                .orElseThrow()
                .getConfigMap()
                .getName();
        return all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getData()
                .get("gateway.yaml");
    }

    /** Skips the test where kubectl is not installed; with -Dinterop.required it fails. */
    public static Manifests render(String overlay) throws IOException, InterruptedException {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder(
                            "kubectl",
                            "kustomize",
                            Path.of("k8s/overlays", overlay).toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            if (Boolean.getBoolean("interop.required")) {
                throw e;
            }
            System.err.println("\n*** KUBERNETES TESTS SKIPPED: no kubectl ***\n");
            Assumptions.abort("no kubectl");
            throw e;
        }
        String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (kubectl.waitFor() != 0) {
            throw new IOException(output);
        }
        return new Manifests(documents(output));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> documents(String yaml) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(yaml)
                .forEach(document -> documents.add((Map<String, Object>) document));
        return documents;
    }

    public static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    /** The resources as they are written. */
    List<Map<String, Object>> documents() {
        return documents;
    }

    public <T extends HasMetadata> List<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only one of a type; of several that of the gateways. */
    public <T extends HasMetadata> T one(Class<T> type) {
        List<T> all = all(type);
        return all.size() == 1 ? all.get(0) : named(type, "depthcast");
    }

    public <T extends HasMetadata> T named(Class<T> type, String name) {
        List<T> all = all(type).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .toList();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " resources of " + type + " named " + name);
        }
        return all.get(0);
    }

    public List<String> kinds() {
        return resources.stream().map(HasMetadata::getKind).toList();
    }

    /** A resource as it is written. */
    public Map<String, Object> raw(Class<? extends HasMetadata> type) {
        return documents.get(resources.indexOf(one(type)));
    }
}
