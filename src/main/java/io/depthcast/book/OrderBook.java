package io.depthcast.book;

/**
 * The order book of one instrument in one epoch of its feed: all levels, and views of the best of them, each able to say
 * what changed since a version. A version is the feed's sequence number, which rises with every event but may skip
 * numbers, since a feed numbers the events of all instruments in one row.
 */
final class OrderBook {
    private final int instrumentId;
    private final BookSide bids = new BookSide(Side.BID);
    private final BookSide asks = new BookSide(Side.ASK);
    private final DepthView[] views = new DepthView[DepthView.COUNT];
    private final BestView best = new BestView(this);

    private final BookChecksum checksum = new BookChecksum();
    private int cachedChecksum;
    private boolean checksumStale = true;

    private long epoch;
    private long sequence;

    /** No version before this one is known. */
    private long knownFrom;

    /** Versions between these two are unknown: the feed had a gap there, and others may hold what we never saw. */
    private long gapAfter;

    private long gapUntil;

    OrderBook(int instrumentId) {
        this.instrumentId = instrumentId;
        for (int view = 0; view < DepthView.COUNT; view++) {
            views[view] = new DepthView(this, view);
        }
    }

    int instrumentId() {
        return instrumentId;
    }

    long epoch() {
        return epoch;
    }

    BookSide bids() {
        return bids;
    }

    BookSide asks() {
        return asks;
    }

    BestView best() {
        return best;
    }

    /** @throws IllegalArgumentException unless the depth is one of {@link BookShapes#DEPTHS} */
    DepthView depth(int depth) {
        for (int view = 0; view < DepthView.COUNT; view++) {
            if (DepthView.depth(view) == depth) {
                return views[view];
            }
        }
        throw new IllegalArgumentException("expected a depth of " + Choices.text(BookShapes.DEPTHS) + ", got " + depth);
    }

    /**
     * Sets the absolute size of a level; 0 removes it.
     *
     * @param eventSequence larger than that of any earlier event of the epoch
     */
    void apply(Side side, long priceTicks, long sizeLots, long eventSequence, long timeMicros) {
        if (eventSequence <= sequence) {
            throw notAfter(eventSequence);
        }
        sequence = eventSequence;
        set(side == Side.BID ? bids : asks, priceTicks, sizeLots, timeMicros);
    }

    /**
     * Takes over a whole book. In another epoch everything starts anew: all holders will get a snapshot. In the same
     * epoch, after a gap of the feed, the differences are applied as if they were one event: holders will get a delta.
     *
     * @param newSequence of the last event included; 0 before the first, and then the views have no version yet
     * @throws IllegalArgumentException for a sequence of the same epoch that is already passed
     */
    void replace(long newEpoch, long newSequence, long timeMicros, Levels newBids, Levels newAsks) {
        if (newEpoch != epoch) {
            startAnew(newEpoch, newSequence, timeMicros);
        } else if (newSequence < sequence) {
            throw notAfter(newSequence);
        } else if (newSequence > sequence + 1) {
            knownFrom = Math.max(knownFrom, gapUntil);
            gapAfter = sequence;
            gapUntil = newSequence;
        }
        sequence = newSequence;
        replace(bids, newBids, timeMicros);
        replace(asks, newAsks, timeMicros);
    }

    /** Whether this book went through all changes since that version of its epoch. */
    boolean knows(long version) {
        return version >= knownFrom && (version <= gapAfter || version >= gapUntil);
    }

    /** See {@link BookChecksum}. */
    int checksum() {
        if (checksumStale) {
            cachedChecksum = checksum.of(asks, bids);
            checksumStale = false;
        }
        return cachedChecksum;
    }

    private void startAnew(long newEpoch, long newSequence, long timeMicros) {
        epoch = newEpoch;
        knownFrom = newSequence;
        gapAfter = newSequence;
        gapUntil = newSequence;
        bids.clear(newSequence);
        asks.clear(newSequence);
        sequence = newSequence;
        changed(0, timeMicros);
    }

    /** Removes first and then adds best first: so no level leaves or enters a view that does not do so in the outcome. */
    private void replace(BookSide side, Levels levels, long timeMicros) {
        changed(side.retain(levels, sequence), timeMicros);
        for (int i = 0; i < levels.count(); i++) {
            set(side, levels.priceTicks(i), levels.sizeLots(i), timeMicros);
        }
    }

    private void set(BookSide side, long priceTicks, long sizeLots, long timeMicros) {
        changed(side.apply(priceTicks, sizeLots, sequence), timeMicros);
    }

    private void changed(int rank, long timeMicros) {
        for (int view = DepthView.COUNT - 1; view >= 0 && rank < DepthView.depth(view); view--) {
            views[view].changed(sequence, timeMicros);
        }
        if (rank < BookChecksum.DEPTH) {
            checksumStale = true;
        }
        if (rank == 0) {
            best.changed(sequence, timeMicros);
        }
    }

    private IllegalArgumentException notAfter(long late) {
        return new IllegalArgumentException("expected a sequence later than " + sequence + ", got " + late);
    }
}
