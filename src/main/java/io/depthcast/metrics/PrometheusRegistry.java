package io.depthcast.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Makes the registry, so that what others register in it keeps Prometheus' rules of naming as well. */
public final class PrometheusRegistry {
    private PrometheusRegistry() {}

    public static PrometheusMeterRegistry create() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config()
                // Milliseconds and nanoseconds, where Prometheus wants seconds.
                .meterFilter(MeterFilter.denyNameStartsWith("jvm.compilation.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                // A gauge with the suffix of a histogram.
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"))
                .meterFilter(new HelpForNetty());
        return registry;
    }

    /** Micrometer gives the meters of Netty no help text. */
    private static final class HelpForNetty implements MeterFilter {
        @Override
        public Meter.Id map(Meter.Id id) {
            if (!id.getName().startsWith("netty.") || id.getDescription() != null) {
                return id;
            }
            String help = "Netty's " + id.getName().substring("netty.".length()).replace('.', ' ') + ".";
            return new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), help, id.getType());
        }
    }
}
