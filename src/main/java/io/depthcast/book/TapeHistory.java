package io.depthcast.book;

import java.util.List;

/**
 * A tape as it is carried from one node to another. Immutable.
 *
 * @param entryId id of the newest trade when the epoch began for this instrument
 * @param newestId id of the newest trade, 0 before the first
 * @param trades those held, oldest first; their ids end with the newest and have no holes
 */
public record TapeHistory(long entryId, long newestId, List<Trade> trades) {
    /** Of an instrument that was not traded yet. */
    public static final TapeHistory EMPTY = new TapeHistory(0, 0, List.of());
}
