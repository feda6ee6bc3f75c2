package io.depthcast.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** The limits that hold now, so that an alert can say how near to them the node is. Any thread. */
public final class LimitMeters {
    private final MeterRegistry registry;

    public LimitMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param limit one of a few names, as in the configuration
     * @param value asked at each scrape, for a limit may change while the node runs
     */
    public LimitMeters with(String limit, LongSupplier value) {
        Gauge.builder("depthcast.limit", value, LongSupplier::getAsLong)
                .strongReference(true)
                .description("Limits that hold now, by name.")
                .tag("limit", limit)
                .register(registry);
        return this;
    }
}
