package io.depthcast.book;

/** Best bid and offer. A side without levels has price 0 and size 0. Times in microseconds since 1970. */
public record BestBidOffer(
        int instrumentId,
        long epoch,
        long sequence,
        long timeMicros,
        long bidPriceTicks,
        long bidSizeLots,
        long askPriceTicks,
        long askSizeLots) {}
