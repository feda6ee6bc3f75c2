package io.depthcast.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;

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
                .meterFilter(new KnownMethods())
                .meterFilter(new HelpForNetty());
        return registry;
    }

    /** Vert.x has a series for each method of HTTP, and anybody can invent some. */
    private static final class KnownMethods implements MeterFilter {
        private static final String TAG = "method";
        private static final Set<String> METHODS =
                Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

        @Override
        public Meter.Id map(Meter.Id id) {
            String method = id.getTag(TAG);
            return method == null || METHODS.contains(method) || !id.getName().startsWith("vertx.")
                    ? id
                    : id.replaceTags(Tags.of(id.getTags()).and(TAG, "other"));
        }
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
