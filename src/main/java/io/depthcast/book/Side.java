package io.depthcast.book;

/** A side of a book; of a trade, the side of the order that took liquidity. */
public enum Side {
    /** Buyers: best price highest. */
    BID,
    /** Sellers: best price lowest. */
    ASK
}
