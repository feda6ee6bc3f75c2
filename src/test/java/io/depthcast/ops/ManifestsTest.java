package io.depthcast.ops;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the check of the manifests would find a mistake. */
class ManifestsTest {
    @ParameterizedTest
    @CsvSource({
        "apps/v1, Deployment, 'strategy: {rollingUpdate: {maxUnavalable: 0}}', maxUnavalable",
        "apps/v1, Deployment, 'replicas: many', many",
        "apps/v1, Deployment, 'template: {spec: {containers: [{lifecycle: {preStop: {slep: {seconds: 1}}}}]}}', slep",
        "policy/v1, PodDisruptionBudget, 'maxUnavaliable: 1', maxUnavaliable",
        "networking.k8s.io/v1, NetworkPolicy, 'ingres: []', ingres",
        "autoscaling/v2, HorizontalPodAutoscaler, 'behavior: {scaleDown: {policies: [{typ: Pods}]}}', typ",
        "gateway.networking.k8s.io/v1, HTTPRoute, 'rules: [{timeouts: {requst: 0s}}]', requst",
        "monitoring.coreos.com/v1, ServiceMonitor, 'endpoints: [{intervall: 10s}]', intervall",
        "monitoring.coreos.com/v1, PrometheusRule, 'groups: [{name: a, rules: [{alerts: b}]}]', alerts"
    })
    void shouldRefuseAFieldThatThereIsNot(String apiVersion, String kind, String spec, String wrong) {
        String yaml = "apiVersion: %s\nkind: %s\nmetadata: {name: a}\nspec: {%s}\n".formatted(apiVersion, kind, spec);

        assertThatThrownBy(() -> new Manifests(Manifests.documents(yaml))).hasMessageContaining(wrong);
    }

    @Test
    void shouldRefuseAKindThatThereIsNot() {
        String yaml = "apiVersion: apps/v1beta1\nkind: Deployment\n";

        assertThatThrownBy(() -> new Manifests(Manifests.documents(yaml))).hasMessageContaining("v1beta1");
    }
}
