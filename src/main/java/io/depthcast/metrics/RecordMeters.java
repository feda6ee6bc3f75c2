package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What the recorder writes, and what it could not. Any thread. */
public final class RecordMeters {
    private final LongAdder events = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private volatile boolean stopped;

    RecordMeters(MeterRegistry registry) {
        counter(registry, "events", "Events that were recorded.", events);
        FunctionCounter.builder("depthcast.record.written", bytes, LongAdder::sum)
                .description("All that was written to recordings.")
                .baseUnit("bytes")
                .register(registry);
        counter(registry, "files", "Files of recordings that were begun.", files);
        counter(registry, "lost", "Events that should have been recorded and are missing.", lost);
        Gauge.builder("depthcast.record.stopped", this, meters -> meters.stopped ? 1 : 0)
                .description("1 while recording has stopped because the disk is full or fails, else 0.")
                .register(registry);
    }

    private static void counter(MeterRegistry registry, String name, String help, LongAdder value) {
        FunctionCounter.builder("depthcast.record." + name, value, LongAdder::sum)
                .description(help)
                .register(registry);
    }

    public void written(int count, long writtenBytes) {
        events.add(count);
        bytes.add(writtenBytes);
    }

    public void begun() {
        files.increment();
        stopped = false;
    }

    public void lost(int count) {
        lost.add(count);
    }

    public void stopped() {
        stopped = true;
    }
}
