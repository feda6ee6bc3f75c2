package io.depthcast.book;

/**
 * What a depth view answers to "what changed since version X": a delta from {@code previous} to {@code sequence}, or a
 * snapshot, which has {@code previous} 0 and replaces everything.
 *
 * @param depth levels a side, one of {@link BookShapes#DEPTHS}
 * @param group ticks to which its prices are gathered, one of {@link BookShapes#GROUPS}
 * @param epoch the feed's start, microseconds since 1970
 * @param sequence number of the last feed event that changed this view, at least 1
 * @param timeMicros when that event happened, microseconds since 1970
 * @param checksum CRC-32 over the best 10 levels, see {@link BookChecksum}
 */
public record BookUpdate(
        int instrumentId,
        int depth,
        int group,
        long epoch,
        long previous,
        long sequence,
        long timeMicros,
        int checksum,
        Levels bids,
        Levels asks) {
    /** With its prices as they are. */
    public BookUpdate(
            int instrumentId,
            int depth,
            long epoch,
            long previous,
            long sequence,
            long timeMicros,
            int checksum,
            Levels bids,
            Levels asks) {
        this(instrumentId, depth, BookShapes.NO_GROUP, epoch, previous, sequence, timeMicros, checksum, bids, asks);
    }

    public boolean isSnapshot() {
        return previous == 0;
    }

    public boolean isGrouped() {
        return group != BookShapes.NO_GROUP;
    }
}
