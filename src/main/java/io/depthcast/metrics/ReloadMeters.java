package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What became of changes of some files while the gateway runs. Any thread. */
public final class ReloadMeters {
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean good = true;

    /**
     * @param name of the meters, after the product's
     * @param subject what is reloaded
     */
    ReloadMeters(MeterRegistry registry, String name, String subject) {
        counter(registry, name, subject, "taken", taken);
        counter(registry, name, subject, "refused", refused);
        Gauge.builder("depthcast." + name + ".last.reload.successful", this, meters -> meters.good ? 1 : 0)
                .description("1 if the gateway runs on the " + subject + " that is there, 0 if it refused it as wrong.")
                .register(registry);
    }

    public void taken() {
        taken.increment();
        good = true;
    }

    /** The former configuration stays. */
    public void refused() {
        refused.increment();
        good = false;
    }

    private static void counter(MeterRegistry registry, String name, String subject, String outcome, LongAdder value) {
        FunctionCounter.builder("depthcast." + name + ".reloads", value, LongAdder::sum)
                .description("Changes of the " + subject + " that were read, by what became of them.")
                .tag("outcome", outcome)
                .register(registry);
    }
}
