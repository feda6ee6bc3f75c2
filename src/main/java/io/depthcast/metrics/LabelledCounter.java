package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** A counter for each of a few numbers and one for all others, so that nobody outside can make series. */
final class LabelledCounter {
    private final int[] labels;
    /** In the order of the labels; the last one counts the others. */
    private final LongAdder[] counts;

    LabelledCounter(MeterRegistry registry, String name, String help, String tag, int[] labels) {
        this.labels = labels.clone();
        this.counts = new LongAdder[labels.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
            FunctionCounter.builder(name, counts[i], LongAdder::sum)
                    .description(help)
                    .tag(tag, i < labels.length ? Integer.toString(labels[i]) : "other")
                    .register(registry);
        }
    }

    void increment(int label) {
        int i = 0;
        while (i < labels.length && labels[i] != label) {
            i++;
        }
        counts[i].increment();
    }
}
