package io.depthcast.fanout;

import io.depthcast.wire.FeedStatus;

/**
 * What a shard says of its feed and of itself.
 *
 * @param stretch factor by which it needs the flush interval stretched, 1 if it keeps up
 */
record ShardStatus(int shard, FeedStatus feed, int stretch) {}
