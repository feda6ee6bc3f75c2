package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The meters of the log of many nodes, all zero where there is none. Any thread. */
public final class JournalMeters {
    private static final String[] OUTCOMES = {"proved", "disproved"};
    private static final String[] IGNORED = {"lower-term", "held", "gap", "corrupt", "unknown-version", "other-log"};
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong term = new AtomicLong();
    private final AtomicLong speaking = new AtomicLong();
    /** When the newest batch was made, by {@link System#nanoTime()}; 0 before the first. */
    private final AtomicLong youngNanos = new AtomicLong();

    private final LongAdder appended = new LongAdder();
    private final LongAdder appendedBytes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder joins = new LongAdder();
    private final LabelledCounter proofs;
    private final LabelledCounter ignored;

    JournalMeters(MeterRegistry registry) {
        gauge(registry, "term", "Term of the feed that speaks, as far as the log has been read.", term);
        gauge(registry, "speaking", "1 while this node's feed speaks, else 0.", speaking);
        Gauge.builder("depthcast.journal.age", this, JournalMeters::ageSeconds)
                .description("Age of the newest batch that was read from the log, 0 before the first.")
                .baseUnit("seconds")
                .register(registry);
        counter(registry, "appended", "Records that were given to the log.", appended);
        counter(registry, "appended.bytes", "Bytes of the records that were given to the log.", appendedBytes);
        counter(registry, "append.failures", "Records that may not have been appended.", failures);
        counter(registry, "read", "Records that were read from the log.", read);
        counter(registry, "joins", "Times that the node began to read the log from states or its beginning.", joins);
        proofs = new LabelledCounter(
                registry,
                "depthcast.journal.proofs",
                "Times that the books were compared with what their writer says of them.",
                "outcome",
                OUTCOMES);
        ignored = new LabelledCounter(
                registry,
                "depthcast.journal.ignored",
                "Records of the log that did not count, by reason.",
                "reason",
                IGNORED);
    }

    private static void gauge(MeterRegistry registry, String name, String help, AtomicLong value) {
        Gauge.builder("depthcast.journal." + name, value, AtomicLong::get)
                .description(help)
                .register(registry);
    }

    private static void counter(MeterRegistry registry, String name, String help, LongAdder value) {
        FunctionCounter.builder("depthcast.journal." + name, value, LongAdder::sum)
                .description(help)
                .register(registry);
    }

    private double ageSeconds() {
        long young = youngNanos.get();
        return young == 0 ? 0 : (System.nanoTime() - young) / NANOS_PER_SECOND;
    }

    public void appended(int bytes) {
        appended.increment();
        appendedBytes.add(bytes);
    }

    public void failed() {
        failures.increment();
    }

    /**
     * @param newTerm of whoever speaks now
     * @param isSpeaking whether that is this node's feed
     */
    public void read(long newTerm, boolean isSpeaking) {
        read.increment();
        term.set(newTerm);
        speaking.set(isSpeaking ? 1 : 0);
    }

    /** @param createdNanos when the batch read last was made, by {@link System#nanoTime()} */
    public void young(long createdNanos) {
        youngNanos.set(createdNanos);
    }

    public void joined() {
        joins.increment();
    }

    /** @param outcome proved or disproved */
    public void proof(String outcome) {
        proofs.increment(outcome);
    }

    /** @param reason lower-term, held, gap, corrupt, unknown-version or other-log */
    public void ignored(String reason) {
        ignored.increment(reason);
    }
}
