package io.depthcast.client;

import io.depthcast.book.BookChecksum;
import io.depthcast.book.Levels;
import io.depthcast.wire.Version;
import org.jspecify.annotations.Nullable;

/**
 * A client's copy of one book, which says so when it cannot vouch for itself: every message is held against the version the
 * book has and against the checksum of what results.
 */
public final class ProvedBook {
    /** What became of a message. */
    public enum Outcome {
        /** The book is the gateway's at that version. */
        APPLIED,
        /** A delta while waiting for a snapshot; nothing to do but to go on waiting. */
        IGNORED,
        /** Something between the book's version and this delta is missing: ask for a snapshot. */
        GAP,
        /** The book differs from the gateway's: ask for a snapshot. */
        BAD_CHECKSUM
    }

    private final ProvedSide bids = new ProvedSide(true);
    private final ProvedSide asks = new ProvedSide(false);
    private @Nullable Version version;

    /** After {@link Outcome#GAP} and {@link Outcome#BAD_CHECKSUM} the book waits for a snapshot. */
    public Outcome apply(BookMessage message) {
        Version held = version;
        if (message.isSnapshot()) {
            bids.clear();
            asks.clear();
        } else if (held == null) {
            return Outcome.IGNORED;
        } else if (message.epoch() != held.epoch() || message.previous() != held.sequence()) {
            version = null;
            return Outcome.GAP;
        }
        bids.apply(message.bids());
        asks.apply(message.asks());
        if (checksum() != message.checksum()) {
            version = null;
            return Outcome.BAD_CHECKSUM;
        }
        version = new Version(message.epoch(), message.sequence());
        return Outcome.APPLIED;
    }

    /** What it holds means nothing any more: it is empty and waits for a snapshot. */
    void restart() {
        bids.clear();
        asks.clear();
        version = null;
    }

    private int checksum() {
        return BookChecksum.of(asks.best(BookChecksum.DEPTH), bids.best(BookChecksum.DEPTH));
    }

    /** The version the book is proved to have, to resume from; null while it waits for a snapshot. */
    public @Nullable Version version() {
        return version;
    }

    /** The best levels of the buyers, best first; the last known while the book waits for a snapshot. */
    public Levels bids(int depth) {
        return bids.best(depth);
    }

    /** The best levels of the sellers, best first; the last known while the book waits for a snapshot. */
    public Levels asks(int depth) {
        return asks.best(depth);
    }

    /** 0 if there are no bids. */
    long bestBidTicks() {
        return bids.bestTicks();
    }

    /** 0 if there are no asks. */
    long bestAskTicks() {
        return asks.bestTicks();
    }

    public int bidCount() {
        return bids.count();
    }

    public int askCount() {
        return asks.count();
    }
}
