package io.depthcast.app;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The wall time at the start and monotonic time from there: who sets the machine's clock neither stops the market nor has a
 * client doubt its book. Any thread.
 */
final class SteadyClock extends Clock {
    private final Instant start;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final ZoneId zone;

    /** @param wall asked once */
    SteadyClock(Clock wall, LongSupplier nanoTime) {
        this(wall.instant(), nanoTime, nanoTime.getAsLong(), wall.getZone());
    }

    private SteadyClock(Instant start, LongSupplier nanoTime, long startNanos, ZoneId zone) {
        this.start = start;
        this.nanoTime = nanoTime;
        this.startNanos = startNanos;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(start, nanoTime, startNanos, other);
    }
}
