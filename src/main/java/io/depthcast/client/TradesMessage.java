package io.depthcast.client;

import io.depthcast.book.Trade;
import java.util.List;

/**
 * Prints of the tape.
 *
 * @param missed trades before these that are not sent
 * @param trades oldest first
 */
public record TradesMessage(int instrumentId, long missed, List<Trade> trades) {}
