package io.depthcast.book;

import org.jspecify.annotations.Nullable;

/**
 * The N best levels a side. Answers with a delta from any version the holder may have, or with a snapshot if that is
 * unknown (of another epoch, newer than the view, inside a gap of the feed that a repair closed), older than the
 * horizon of the tombstones, or if the snapshot has fewer entries.
 *
 * <p>The horizon: per side, a view remembers the last {@code max(256, 8 * N)} prices that left it, and when these are
 * used up at least half as many different ones, however often each left. A version is too old when one of the forgotten
 * left after it.
 */
final class DepthView extends BookView<BookUpdate> {
    private final int view;
    private final int depth;

    /** No version before this one is known. */
    private long knownFrom;

    /** Versions between these two are unknown: the feed had a gap there, and others may hold what we never saw. */
    private long gapAfter;

    private long gapUntil;

    /** The version that it began with. */
    private long began;

    private boolean isOutlived;
    /** What it was in the epoch before; null if nobody will ask, or if nothing can be gone on from that. */
    private @Nullable FormerView former;

    DepthView(OrderBook book, int view) {
        super(book);
        this.view = view;
        this.depth = BookShapes.depth(view);
    }

    /** From now on it is to be known what holders have when its epoch ends. */
    void outlive() {
        isOutlived = true;
    }

    /** Its book is about to start anew. */
    void end(boolean sameSteps) {
        boolean canGoOn = isOutlived && sameSteps && version() > 0;
        former = canGoOn
                ? new FormerView(
                        epoch(),
                        Math.max(gapUntil, horizon()),
                        book.bids().former(view),
                        book.asks().former(view))
                : null;
    }

    /** Begins with a book that was at this version. */
    void startFrom(ViewStamp stamp) {
        began = stamp.version();
        knownFrom = stamp.version();
        gapAfter = stamp.version();
        gapUntil = stamp.version();
        changed(stamp.version(), stamp.timeMicros());
    }

    /** Goes on from there, where the events after a version were not seen. */
    void repaired(long after, ViewStamp stamp) {
        if (stamp.version() > after) {
            knownFrom = Math.max(knownFrom, gapUntil);
            gapAfter = after;
            gapUntil = stamp.version();
        }
        changed(stamp.version(), stamp.timeMicros());
    }

    /** Whether this view went through all changes since that version of its epoch. */
    private boolean knows(long version) {
        return version >= knownFrom && (version <= gapAfter || version >= gapUntil);
    }

    @Override
    BookUpdate changes(long heldVersion) {
        if (!canTellFrom(heldVersion)) {
            return snapshot();
        }
        Levels bids = book.bids().changesSince(view, heldVersion);
        Levels asks = book.asks().changesSince(view, heldVersion);
        return bids.count() + asks.count() > size() ? snapshot() : update(heldVersion, bids, asks);
    }

    /**
     * A delta however long it is, which also fits whoever took the view at a later version than that; or a snapshot where
     * what was held is not known.
     */
    BookUpdate difference(long heldEpoch, long heldVersion) {
        if (heldEpoch != epoch()) {
            return differenceFromFormer(heldEpoch, heldVersion);
        }
        return heldVersion < version() && canTellFrom(heldVersion)
                ? update(
                        heldVersion,
                        book.bids().touchedSince(view, heldVersion),
                        book.asks().touchedSince(view, heldVersion))
                : snapshot();
    }

    /** Whoever is told may also have taken the view at any later version of that epoch, or at any of this one. */
    private BookUpdate differenceFromFormer(long heldEpoch, long heldVersion) {
        long previous = heldEpoch + heldVersion - epoch();
        boolean isWhole = knownFrom == began && horizon() <= began;
        if (former == null || !former.knows(heldEpoch, heldVersion) || !isWhole || previous >= 0) {
            return snapshot();
        }
        return update(
                previous,
                book.bids().instead(view, former.bids().heldSince(heldVersion)),
                book.asks().instead(view, former.asks().heldSince(heldVersion)));
    }

    private boolean canTellFrom(long heldVersion) {
        return heldVersion >= 1 && knows(heldVersion) && heldVersion >= horizon();
    }

    BookUpdate snapshot() {
        return update(0, book.bids().best(depth), book.asks().best(depth));
    }

    private BookUpdate update(long previous, Levels bids, Levels asks) {
        return new BookUpdate(
                book.instrumentId(),
                depth,
                book.group(),
                epoch(),
                previous,
                version(),
                timeMicros(),
                book.checksum(),
                bids,
                asks);
    }

    private long horizon() {
        return Math.max(book.bids().horizon(view), book.asks().horizon(view));
    }

    private int size() {
        return Math.min(depth, book.bids().count())
                + Math.min(depth, book.asks().count());
    }
}
