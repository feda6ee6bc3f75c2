package io.depthcast.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What one shard knows of the feed. Written by its loop, read by the scrape. */
public final class ShardMeters {
    private volatile int books;
    private volatile int staleBooks;
    private volatile long heardNanos;

    /** @param nanoTime the monotonic clock that {@link #heard} is told in */
    ShardMeters(MeterRegistry registry, int shard, LongSupplier nanoTime) {
        heardNanos = nanoTime.getAsLong();
        String label = Integer.toString(shard);
        Gauge.builder("depthcast.books", this, meters -> meters.books)
                .description("Order books that a shard keeps.")
                .tag("shard", label)
                .register(registry);
        Gauge.builder("depthcast.stale.books", this, meters -> meters.staleBooks)
                .description("Order books that may be old: feed or source is silent, or a gap is not mended yet.")
                .tag("shard", label)
                .register(registry);
        TimeGauge.builder(
                        "depthcast.feed.age",
                        this,
                        TimeUnit.NANOSECONDS,
                        meters -> nanoTime.getAsLong() - meters.heardNanos)
                .description("Time since a shard last heard anything from the feed, events or a heartbeat.")
                .tag("shard", label)
                .register(registry);
    }

    /** The feed has spoken. */
    public void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** @param stale of these, how many may be behind the market */
    public void books(int count, int stale) {
        books = count;
        staleBooks = stale;
    }
}
