package io.depthcast.fanout;

import io.depthcast.wire.Version;

/**
 * What a shard says of its books and of itself.
 *
 * @param whole whether no event is missing that it has heard of
 * @param appliedNanos {@link System#nanoTime()} at which the newest batch that it has applied was made: how old its books are
 *     is for whoever asks to say, at that time
 * @param newest the last event that it has applied
 * @param stretch ticks that it needs from one flush to the next
 */
record ShardStatus(int shard, boolean whole, long appliedNanos, Version newest, int stretch) {}
