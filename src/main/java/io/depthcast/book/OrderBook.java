package io.depthcast.book;

import java.util.ArrayList;
import java.util.List;

/**
 * The order book of one instrument in one epoch of its feed: all levels, and views of the best of them, each able to say
 * what changed since a version. A version is the feed's sequence number, which rises with every event but may skip
 * numbers, since a feed numbers the events of all instruments in one row.
 */
final class OrderBook {
    /** Of a level that was there before anything that a holder may know. */
    private static final long BEFORE_ALL = 0;

    private final int instrumentId;
    private final int group;
    private final BookSide bids;
    private final BookSide asks;
    private final DepthView[] views = new DepthView[BookShapes.VIEWS];
    private final BestView best = new BestView(this);

    private final BookChecksum checksum = new BookChecksum();
    private int cachedChecksum;
    private boolean checksumStale = true;

    private long epoch;
    private long sequence;

    OrderBook(int instrumentId) {
        this(instrumentId, BookShapes.NO_GROUP, true);
    }

    /**
     * @param group ticks to which its prices are gathered
     * @param answers whether anybody will ask what changed; if not, only when each view changed is kept
     */
    OrderBook(int instrumentId, int group, boolean answers) {
        this.instrumentId = instrumentId;
        this.group = group;
        bids = new BookSide(Side.BID, answers);
        asks = new BookSide(Side.ASK, answers);
        for (int view = 0; view < BookShapes.VIEWS; view++) {
            views[view] = new DepthView(this, view);
        }
    }

    int instrumentId() {
        return instrumentId;
    }

    int group() {
        return group;
    }

    long epoch() {
        return epoch;
    }

    /** Number of the last event that changed a level, or from which it started. */
    long sequence() {
        return sequence;
    }

    /** That event, and when the last one of the deepest view was, which is the same unless the book is deeper still. */
    ViewStamp stamp() {
        return new ViewStamp(sequence, views[BookShapes.VIEWS - 1].timeMicros());
    }

    BookSide side(Side side) {
        return side == Side.BID ? bids : asks;
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
        for (int view = 0; view < BookShapes.VIEWS; view++) {
            if (BookShapes.depth(view) == depth) {
                return views[view];
            }
        }
        throw new IllegalArgumentException("expected a depth of " + Choices.text(BookShapes.DEPTHS) + ", got " + depth);
    }

    /** When each view last changed: those of the depths, ascending, then the best level. */
    List<ViewStamp> stamps() {
        List<ViewStamp> stamps = new ArrayList<>(BookShapes.VIEWS + 1);
        for (DepthView view : views) {
            stamps.add(view.stamp());
        }
        stamps.add(best.stamp());
        return List.copyOf(stamps);
    }

    /**
     * Sets the absolute size of a level; 0 removes it.
     *
     * @param eventSequence larger than that of any earlier change of the epoch
     * @return whether that changed anything
     */
    boolean apply(Side side, long priceTicks, long sizeLots, long eventSequence, long timeMicros) {
        if (eventSequence <= sequence) {
            throw notAfter(eventSequence);
        }
        int rank = side(side).apply(priceTicks, sizeLots, eventSequence);
        if (rank == BookSide.UNCHANGED) {
            return false;
        }
        sequence = eventSequence;
        changed(rank, timeMicros);
        return true;
    }

    /**
     * About to start anew.
     *
     * @param sameSteps whether prices go on to mean what they meant
     */
    void end(boolean sameSteps) {
        for (DepthView view : views) {
            view.end(sameSteps);
        }
    }

    /** Starts anew, in whatever epoch, with a book that others know: its views have the versions that they have there. */
    void startFrom(long newEpoch, long newSequence, List<ViewStamp> stamps, Levels newBids, Levels newAsks) {
        epoch = newEpoch;
        sequence = newSequence;
        bids.clear();
        asks.clear();
        for (int view = 0; view < BookShapes.VIEWS; view++) {
            bids.startFrom(view, stamps.get(view).version());
            asks.startFrom(view, stamps.get(view).version());
            views[view].startFrom(stamps.get(view));
        }
        best.changed(stamps.get(BookShapes.VIEWS));
        fill(bids, newBids, BEFORE_ALL);
        fill(asks, newAsks, BEFORE_ALL);
        checksumStale = true;
    }

    /**
     * Takes over a whole book of the same epoch, after a gap of the feed: what differs is applied as if it were one event, so
     * that holders will get a delta, and the views go on from the versions that they have where the book comes from.
     *
     * @param newSequence of the last event included
     * @throws IllegalArgumentException for a sequence that is already passed
     */
    void repair(long newSequence, List<ViewStamp> stamps, Levels newBids, Levels newAsks) {
        if (newSequence < sequence) {
            throw notAfter(newSequence);
        }
        // After all that was told, and not after what any view that differs has in its stamp.
        long mark = Math.min(sequence + 1, newSequence);
        bids.retain(newBids, mark);
        asks.retain(newAsks, mark);
        fill(bids, newBids, mark);
        fill(asks, newAsks, mark);
        for (int view = 0; view < BookShapes.VIEWS; view++) {
            views[view].repaired(sequence, stamps.get(view));
        }
        best.changed(stamps.get(BookShapes.VIEWS));
        sequence = newSequence;
        checksumStale = true;
    }

    void addTo(Fingerprint of) {
        bids.addTo(of);
        asks.addTo(of);
        for (DepthView view : views) {
            of.add(view.version());
            of.add(view.timeMicros());
        }
        of.add(best.version());
    }

    /** See {@link BookChecksum}. */
    int checksum() {
        if (checksumStale) {
            cachedChecksum = checksum.of(asks, bids);
            checksumStale = false;
        }
        return cachedChecksum;
    }

    /** Best first, after what is gone was removed: so no level leaves or enters a view that does not do so in the outcome. */
    private static void fill(BookSide side, Levels levels, long version) {
        for (int i = 0; i < levels.count(); i++) {
            var unused = side.apply(levels.priceTicks(i), levels.sizeLots(i), version);
        }
    }

    private void changed(int rank, long timeMicros) {
        for (int view = BookShapes.VIEWS - 1; view >= 0 && rank < BookShapes.depth(view); view--) {
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
