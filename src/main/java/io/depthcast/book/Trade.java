package io.depthcast.book;

/**
 * One print of the tape.
 *
 * @param id counts the trades of the instrument within an epoch from 1, without holes
 * @param timeMicros microseconds since 1970
 * @param taker side of the order that took liquidity: BID is a buy
 */
public record Trade(long id, long timeMicros, Side taker, long priceTicks, long sizeLots) {}
