package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The meters of one kind of source. Any thread. */
public final class SourceMeters {
    /** Why an event is not taken. */
    private static final String[] CODES = {
        "bad-request",
        "unknown-symbol",
        "taken",
        "bad-price",
        "bad-size",
        "bad-time",
        "no-snapshot",
        "not-entitled",
        "too-many"
    };

    private final LongAdder taken = new LongAdder();
    private final LongAdder rounded = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final LongAdder snapshots = new LongAdder();
    private final LabelledCounter refused;
    private final MeterRegistry registry;
    private final String kind;

    /** @param kind one of a few, as {@code feed.kind} names it */
    SourceMeters(MeterRegistry registry, String kind) {
        this.registry = registry;
        this.kind = kind;
        counter(registry, "events", "Events of sources that were taken, by kind of source.", kind, taken);
        counter(
                registry,
                "rounded",
                "Sizes of sources that were finer than the lot, and rounded down to it.",
                kind,
                rounded);
        counter(registry, "reconnects", "Connections of sources that replaced one before.", kind, reconnects);
        counter(registry, "snapshots", "Snapshots that sources had to ask for.", kind, snapshots);
        refused = new LabelledCounter(
                registry,
                "depthcast.source.refused",
                "Events of sources that were refused, by what was wrong with them.",
                "code",
                CODES,
                kind);
    }

    private static void counter(MeterRegistry registry, String name, String help, String kind, LongAdder value) {
        FunctionCounter.builder("depthcast.source." + name, value, LongAdder::sum)
                .description(help)
                .tag("kind", kind)
                .register(registry);
    }

    /** Shows how far a source is behind that reads what others keep: how long ago it had read all there was, in seconds. */
    public void watchBehind(Supplier<Number> seconds) {
        Gauge.builder("depthcast.source.behind", seconds)
                .description("How long ago a source that reads a log had read all that there was in it.")
                .baseUnit("seconds")
                .tag("kind", kind)
                .register(registry);
    }

    public void taken() {
        taken.increment();
    }

    /** @param sizes how many */
    public void rounded(int sizes) {
        rounded.add(sizes);
    }

    public void reconnected() {
        reconnects.increment();
    }

    public void snapshotAsked() {
        snapshots.increment();
    }

    /** @param code of the refusal */
    public void refused(String code) {
        refused.increment(code);
    }
}
