package io.depthcast.client;

import io.depthcast.book.BookChecksum;
import io.depthcast.book.Levels;
import io.depthcast.wire.Version;

/** What a reader of compact deltas must hold. */
public final class BookAt {
    private BookAt() {}

    /** A book at that version with one level a side at most: none where the price is 0. */
    public static ProvedBook version(Version version, long bidTicks, long askTicks) {
        Levels bids = one(bidTicks);
        Levels asks = one(askTicks);
        ProvedBook book = new ProvedBook();
        book.apply(new BookMessage(
                1, version.epoch(), 0, version.sequence(), 0, 0, BookChecksum.of(asks, bids), bids, asks));
        return book;
    }

    private static Levels one(long priceTicks) {
        return priceTicks == 0 ? Levels.NONE : new Levels(new long[] {priceTicks}, new long[] {1});
    }
}
