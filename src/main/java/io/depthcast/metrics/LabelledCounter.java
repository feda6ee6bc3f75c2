package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** A counter for each of a few labels and one for all others, so that nobody outside can make series. */
final class LabelledCounter {
    private final String[] labels;
    /** The labels as numbers, where they are such. */
    private final int[] numbers;
    /** In the order of the labels; the last one counts the others. */
    private final LongAdder[] counts;

    LabelledCounter(MeterRegistry registry, String name, String help, String tag, int[] numbers) {
        this(
                registry,
                name,
                help,
                tag,
                Arrays.stream(numbers).mapToObj(Integer::toString).toArray(String[]::new),
                numbers,
                Tags.empty());
    }

    LabelledCounter(MeterRegistry registry, String name, String help, String tag, String[] labels) {
        this(registry, name, help, tag, labels, new int[0], Tags.empty());
    }

    /** @param kind of source, as one more label */
    LabelledCounter(MeterRegistry registry, String name, String help, String tag, String[] labels, String kind) {
        this(registry, name, help, tag, labels, new int[0], Tags.of("kind", kind));
    }

    private LabelledCounter(
            MeterRegistry registry, String name, String help, String tag, String[] labels, int[] numbers, Tags more) {
        this.labels = labels.clone();
        this.numbers = numbers.clone();
        this.counts = new LongAdder[labels.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
            FunctionCounter.builder(name, counts[i], LongAdder::sum)
                    .description(help)
                    .tag(tag, i < labels.length ? labels[i] : "other")
                    .tags(more)
                    .register(registry);
        }
    }

    void increment(int number) {
        int i = 0;
        while (i < numbers.length && numbers[i] != number) {
            i++;
        }
        counts[i].increment();
    }

    void increment(String label) {
        int i = 0;
        while (i < labels.length && !labels[i].equals(label)) {
            i++;
        }
        counts[i].increment();
    }
}
