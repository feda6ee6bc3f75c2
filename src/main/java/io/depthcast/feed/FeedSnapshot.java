package io.depthcast.feed;

import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import java.util.List;

/**
 * The state of every book after the event numbered {@code sequence}. Immutable.
 *
 * @param sequence number of the last event included; 0 before the first
 * @param timeMicros when it happened, microseconds since 1970
 */
public record FeedSnapshot(long epoch, long sequence, long timeMicros, List<Book> books) {

    /**
     * One book, whole.
     *
     * @param lastTradeId id of the newest trade, 0 before the first
     */
    public record Book(Instrument instrument, Levels bids, Levels asks, long lastTradeId) {}
}
