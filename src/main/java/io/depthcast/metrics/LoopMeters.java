package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What is measured for each loop that flushes. Any thread may call any method; none allocates or waits. */
public final class LoopMeters {
    private volatile double stretch = 1;
    private final LongAdder changes = new LongAdder();
    private final LongAdder overruns = new LongAdder();

    LoopMeters(MeterRegistry registry, String loop) {
        Gauge.builder("depthcast.flush.stretch", this, meters -> meters.stretch)
                .description("Factor by which overload stretches the flush interval; 1 is none.")
                .tag("loop", loop)
                .register(registry);
        FunctionCounter.builder("depthcast.flush.stretch.changes", changes, LongAdder::sum)
                .description("How often overload, or its end, changed the flush interval.")
                .tag("loop", loop)
                .register(registry);
        FunctionCounter.builder("depthcast.flush.overruns", overruns, LongAdder::sum)
                .description("Flushes that took longer than the flush interval.")
                .tag("loop", loop)
                .register(registry);
    }

    public void stretched(double factor) {
        if (stretch != factor) {
            stretch = factor;
            changes.increment();
        }
    }

    public void overran() {
        overruns.increment();
    }
}
