package io.depthcast.fanout;

import io.depthcast.wire.FeedStatus;

/** What a shard says of its feed. */
record ShardStatus(int shard, FeedStatus feed) {}
