package io.depthcast.book;

/**
 * What is known of a view whose epoch is over: enough to tell its holders what became of their prices. As versions of an epoch
 * end when it does, nobody holds a later one than it came to.
 *
 * @param from the oldest version that was seen without a gap
 */
record FormerView(long epoch, long from, FormerSide bids, FormerSide asks) {
    boolean knows(long heldEpoch, long heldVersion) {
        return heldEpoch == epoch
                && heldVersion >= 1
                && heldVersion >= from
                && heldVersion >= bids.horizon()
                && heldVersion >= asks.horizon();
    }
}
