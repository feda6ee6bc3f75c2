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
     * Shows how much of a limit that holds for each of many is taken by whoever has most.
     *
     * @param limit the same name
     * @param most asked at each scrape
     */
    public LimitMeters taken(String limit, LongSupplier most) {
        Gauge.builder("depthcast.limit.taken", most, LongSupplier::getAsLong)
                .strongReference(true)
                .description("What the address or subject with the most has of a limit of each, by name.")
                .tag("limit", limit)
                .register(registry);
        return this;
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
