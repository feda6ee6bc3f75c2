package io.depthcast.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the management port tells of and may change.
 *
 * @param live a failed one means that only a restart helps
 * @param ready a failed one means that new clients should go elsewhere
 * @param loops whose clients are told; more may come while the node starts
 */
public record ManagementSetup(
        HttpSettings settings,
        ManagementAccess access,
        PrometheusMeterRegistry registry,
        Supplier<List<HealthCheck>> live,
        Supplier<List<HealthCheck>> ready,
        List<? extends Connections> loops,
        Operator operator) {}
