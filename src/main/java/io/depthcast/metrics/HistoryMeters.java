package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** Compressors that many clients share. Any thread may call any method; none allocates or waits. */
public final class HistoryMeters {
    private final LongAdder histories = new LongAdder();
    private final LongAdder referring = new LongAdder();
    private final LongAdder alone = new LongAdder();

    HistoryMeters(MeterRegistry registry) {
        Gauge.builder("depthcast.histories", histories, LongAdder::sum)
                .description("Histories of messages that many clients share, with a compressor each.")
                .register(registry);
        messages(registry, "referring", referring);
        messages(registry, "alone", alone);
    }

    private static void messages(MeterRegistry registry, String deflated, LongAdder sent) {
        FunctionCounter.builder("depthcast.history.messages", sent, LongAdder::sum)
                .description("Messages of a history sent to clients: referring to those before, or alone to newcomers.")
                .tag("deflated", deflated)
                .register(registry);
    }

    public void began() {
        histories.increment();
    }

    public void ended(int count) {
        histories.add(-count);
    }

    /**
     * One message of a history was sent.
     *
     * @param members to so many clients that have what it refers to
     * @param newcomers to so many that do not
     */
    public void sent(int members, int newcomers) {
        referring.add(members);
        alone.add(newcomers);
    }
}
