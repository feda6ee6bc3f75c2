package io.depthcast.client;

import io.depthcast.book.BookShapes;
import io.depthcast.book.Levels;

/**
 * A snapshot ({@code previous} 0) or a delta of a book. Times in microseconds since 1970.
 *
 * @param depth levels a side, if its prices are gathered; else 0, for then it is the one such book of its instrument
 * @param group ticks to which its prices are gathered, 1 if they are as they are
 * @param epoch the feed's start, microseconds since 1970
 * @param previous version of the book before a delta
 * @param sequence version of the book after it
 * @param timeMicros when the last event included happened
 * @param sentMicros when the gateway made the frame
 * @param checksum CRC-32 of the book after it
 */
public record BookMessage(
        int instrumentId,
        int depth,
        int group,
        long epoch,
        long previous,
        long sequence,
        long timeMicros,
        long sentMicros,
        int checksum,
        Levels bids,
        Levels asks) {
    /** With its prices as they are. */
    public BookMessage(
            int instrumentId,
            long epoch,
            long previous,
            long sequence,
            long timeMicros,
            long sentMicros,
            int checksum,
            Levels bids,
            Levels asks) {
        this(
                instrumentId,
                0,
                BookShapes.NO_GROUP,
                epoch,
                previous,
                sequence,
                timeMicros,
                sentMicros,
                checksum,
                bids,
                asks);
    }

    public boolean isSnapshot() {
        return previous == 0;
    }
}
