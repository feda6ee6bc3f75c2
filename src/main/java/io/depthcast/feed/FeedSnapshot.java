package io.depthcast.feed;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentSnapshot;
import io.depthcast.book.Levels;
import io.depthcast.book.Trade;
import io.depthcast.book.ViewStamp;
import java.util.List;

/**
 * All that is streamed of every instrument after the row numbered {@code sequence}, and the versions that holders know it by.
 * Immutable.
 *
 * @param sequence number of the last row included; 0 before the first
 * @param createdNanos {@link System#nanoTime()} of this process when the newest batch included was made, or read
 * @param books ascending ids
 */
public record FeedSnapshot(long epoch, long sequence, long createdNanos, List<Book> books) {

    /** One instrument. */
    public record Book(Listing listing, InstrumentSnapshot state) {
        public Instrument instrument() {
            return listing.instrument();
        }

        /** The whole side, best first. */
        public Levels bids() {
            return state.bids();
        }

        /** The whole side, best first. */
        public Levels asks() {
            return state.asks();
        }

        /** Id of the newest trade, 0 before the first. */
        public long lastTradeId() {
            return state.tape().newestId();
        }

        /** Time of its newest level or trade, microseconds since 1970; 0 before the first. */
        public long newestMicros() {
            long newest = 0;
            for (ViewStamp view : state.views()) {
                newest = Math.max(newest, view.timeMicros());
            }
            List<Trade> trades = state.tape().trades();
            return trades.isEmpty()
                    ? newest
                    : Math.max(newest, trades.get(trades.size() - 1).timeMicros());
        }
    }
}
