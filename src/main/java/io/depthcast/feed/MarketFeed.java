package io.depthcast.feed;

import io.depthcast.book.Instrument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where market events come from. Confined to the feed loop. */
public interface MarketFeed {
    /** All instruments of this incarnation, ascending ids. */
    List<Instrument> instruments();

    /** Start of this incarnation, microseconds since 1970; a later incarnation has a larger one. */
    long epoch();

    /**
     * The events that became due since the last call, or null if there are none. Never blocks.
     *
     * @param nowMicros wall time, microseconds since 1970
     * @param nowNanos {@link System#nanoTime()}
     */
    @Nullable
    EventBatch poll(long nowMicros, long nowNanos);

    /** The books after the last polled event. */
    FeedSnapshot snapshot();
}
