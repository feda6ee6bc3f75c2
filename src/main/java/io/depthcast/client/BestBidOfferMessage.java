package io.depthcast.client;

/** Best bid and offer. A side without levels has price 0 and size 0. Time in microseconds since 1970. */
public record BestBidOfferMessage(
        int instrumentId,
        long sequence,
        long timeMicros,
        long bidPriceTicks,
        long bidSizeLots,
        long askPriceTicks,
        long askSizeLots) {}
