package io.depthcast.feed;

import org.jspecify.annotations.Nullable;

/**
 * What is kept beside the log for those who join: one instrument as it was at a place, or the mark of a round, which says that
 * every instrument that was listed at its place has been written since.
 *
 * @param book null in the mark of a round
 */
public record LogState(LogPlace place, FeedSnapshot.@Nullable Book book) {
    /** Under which the mark of a round is kept; no symbol is empty. */
    public static final String ROUND = "";
}
