package io.depthcast.client;

import org.jspecify.annotations.Nullable;

/** The books that a listener holds. */
public interface BookHolder {
    /**
     * Asked for at every delta; null, or without a version, while it waits for a snapshot, and then deltas of it are left out.
     *
     * @param depth 0 where prices are as they are, for of these there is one book an instrument
     * @param group ticks to which its prices are gathered, 1 where they are as they are
     */
    @Nullable
    ProvedBook book(int instrumentId, int depth, int group);
}
