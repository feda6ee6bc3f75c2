package io.depthcast.book;

import org.jspecify.annotations.Nullable;

/**
 * One print of the tape.
 *
 * @param id counts the trades of the instrument within an epoch from 1, without holes
 * @param timeMicros microseconds since 1970
 * @param taker side of the order that took liquidity: BID is a buy
 * @param venueId the venue's own name of it, printable ASCII; null if there is none
 */
public record Trade(
        long id,
        long timeMicros,
        Side taker,
        long priceTicks,
        long sizeLots,
        @Nullable String venueId) {
    /** Without a name of the venue's. */
    public Trade(long id, long timeMicros, Side taker, long priceTicks, long sizeLots) {
        this(id, timeMicros, taker, priceTicks, sizeLots, null);
    }
}
