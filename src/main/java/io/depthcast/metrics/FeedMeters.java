package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What all sources together get wrong with time. Any thread. */
public final class FeedMeters {
    private final LongAdder late = new LongAdder();
    private final LongAdder silences = new LongAdder();

    FeedMeters(MeterRegistry registry) {
        FunctionCounter.builder("depthcast.feed.late", late, LongAdder::sum)
                .description(
                        "Events whose time was before the newest of their instrument, and that were taken as that.")
                .register(registry);
        FunctionCounter.builder("depthcast.feed.silences", silences, LongAdder::sum)
                .description("Times that a source fell silent or was gone, so that its instruments went stale.")
                .register(registry);
    }

    public void late() {
        late.increment();
    }

    public void silence() {
        silences.increment();
    }
}
