package io.depthcast.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/**
 * What the management port tells of and may change.
 *
 * @param live a failed one means that only a restart helps
 * @param ready a failed one means that new clients should go elsewhere
 * @param loops whose clients are told
 */
public record ManagementSetup(
        HttpSettings settings,
        ManagementAccess access,
        PrometheusMeterRegistry registry,
        List<HealthCheck> live,
        List<HealthCheck> ready,
        List<? extends Connections> loops,
        Operator operator) {}
