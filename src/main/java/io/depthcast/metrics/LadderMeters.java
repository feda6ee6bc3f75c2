package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Who is how slow, and what is done about it. Any thread may call any method; none allocates or waits. */
public final class LadderMeters {
    private final LongAdder live = new LongAdder();
    private final LongAdder conflating = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final Map<LadderStep, LongAdder> steps = new EnumMap<>(LadderStep.class);
    private final LongAdder mergedUpdates = new LongAdder();
    private final LongAdder pendingBytes = new LongAdder();

    LadderMeters(MeterRegistry registry) {
        rung(registry, "live", live);
        rung(registry, "conflating", conflating);
        rung(registry, "slow", slow);
        for (LadderStep step : LadderStep.values()) {
            LongAdder count = new LongAdder();
            steps.put(step, count);
            FunctionCounter.builder("depthcast.ladder.steps", count, LongAdder::sum)
                    .description("Steps of clients on the slow-consumer ladder, by the rung reached and why.")
                    .tag("to", step.to())
                    .tag("reason", step.reason())
                    .register(registry);
        }
        FunctionCounter.builder("depthcast.merged.updates", mergedUpdates, LongAdder::sum)
                .description("Updates sent that stand for several, because their client had no room in between.")
                .register(registry);
        Gauge.builder("depthcast.pending", pendingBytes, LongAdder::sum)
                .description("What was sent to clients and has not been acknowledged, in bytes.")
                .baseUnit("bytes")
                .register(registry);
    }

    private static void rung(MeterRegistry registry, String rung, LongAdder clients) {
        Gauge.builder("depthcast.clients", clients, LongAdder::sum)
                .description("Clients by rung of the slow-consumer ladder.")
                .tag("rung", rung)
                .register(registry);
    }

    /** A client took a step. */
    public void stepped(LadderStep step) {
        Objects.requireNonNull(steps.get(step)).increment();
    }

    /** @param change how many more live clients there are, negative for fewer */
    public void liveChanged(int change) {
        live.add(change);
    }

    public void conflatingChanged(int change) {
        conflating.add(change);
    }

    public void slowChanged(int change) {
        slow.add(change);
    }

    public void merged(long updates) {
        mergedUpdates.add(updates);
    }

    /** @param change of the bytes pending at one client since the last call for it */
    public void pendingChanged(long change) {
        pendingBytes.add(change);
    }
}
