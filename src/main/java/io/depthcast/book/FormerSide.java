package io.depthcast.book;

/** A side of a view that is no more. */
final class FormerSide {
    /** Prices that left before these are forgotten: it is for those who are a little behind, and tells them each of these. */
    static final int MOST_GONE = 1_000;

    private final long[] last;
    private final Tombstones gone;

    /**
     * @param last the keys that it had when it ended
     * @param gone those that left it before
     */
    FormerSide(long[] last, Tombstones gone) {
        this.last = last;
        this.gone = gone;
    }

    /** The oldest version from which it is known what left. */
    long horizon() {
        return gone.horizon();
    }

    /**
     * Keys that somebody may hold who had the view at that version or later, which is not before the horizon; ascending, each
     * once.
     */
    long[] heldSince(long version) {
        return Keys.union(last, gone.everGoneSince(version));
    }
}
