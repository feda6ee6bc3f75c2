package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What all sources together get wrong with time. Any thread. */
public final class FeedMeters {
    private final LongAdder late = new LongAdder();
    private final LongAdder silences = new LongAdder();
    private final LongAdder crossed = new LongAdder();
    private volatile int silent;

    FeedMeters(MeterRegistry registry) {
        FunctionCounter.builder("depthcast.feed.late", late, LongAdder::sum)
                .description(
                        "Events whose time was before the newest of their instrument, and that were taken as that.")
                .register(registry);
        FunctionCounter.builder("depthcast.feed.silences", silences, LongAdder::sum)
                .description("Times that a source fell silent or was gone, so that its instruments went stale.")
                .register(registry);
        FunctionCounter.builder("depthcast.feed.crossed", crossed, LongAdder::sum)
                .description("Times that an event left a book crossed, which it was not before; it is shown as it is.")
                .register(registry);
        Gauge.builder("depthcast.feed.silent.sources", this, meters -> meters.silent)
                .description("Sources that are silent or gone now, and have instruments, which are stale.")
                .register(registry);
    }

    /** @param sources how many are silent now */
    public void silent(int sources) {
        silent = sources;
    }

    public void crossed() {
        crossed.increment();
    }

    public void late() {
        late.increment();
    }

    public void silence() {
        silences.increment();
    }
}
