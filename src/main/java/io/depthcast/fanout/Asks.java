package io.depthcast.fanout;

import java.util.List;

/**
 * From a gateway loop to a shard. Immutable.
 *
 * @param loop address of the loop, to which the answers go
 * @param stretch ticks from one flush of the loop to the next
 * @param taken whether the loop has taken the last batch, so that it may be sent the next
 */
record Asks(String loop, int stretch, boolean taken, List<Ask> asks) {}
