package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
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
    private final AtomicLong waiting = new AtomicLong();
    /** 0 before the first. */
    private final AtomicLong takenNanos = new AtomicLong();

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
        Gauge.builder("depthcast.source.age", this, SourceMeters::ageSeconds)
                .description("How long ago the newest event of a kind of source was taken; 0 before the first.")
                .baseUnit("seconds")
                .tag("kind", kind)
                .register(registry);
        Gauge.builder("depthcast.source.waiting", waiting, AtomicLong::get)
                .description(
                        "What waits, by kind of source: connections that are not read because the feed has no room,"
                                + " events of recordings that were read ahead, instruments without a snapshot.")
                .tag("kind", kind)
                .register(registry);
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

    private double ageSeconds() {
        long at = takenNanos.get();
        return at == 0 ? 0 : (System.nanoTime() - at) / 1e9;
    }

    public void taken() {
        taken.increment();
        takenNanos.lazySet(System.nanoTime() | 1);
    }

    /** @param what how much waits now */
    public void waiting(long what) {
        waiting.set(what);
    }

    /** @param change of what waits, negative for what does not any more */
    public void waitingChanged(int change) {
        waiting.addAndGet(change);
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
