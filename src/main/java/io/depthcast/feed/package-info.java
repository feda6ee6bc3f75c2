/**
 * What the market does, as batches of events and as snapshots, and the event-bus contract between a feed and the shards.
 *
 * <p>Threads: the feed loop owns the feed. Batches and snapshots are immutable and cross to the shard loops over the event bus.
 */
@NullMarked
package io.depthcast.feed;

import org.jspecify.annotations.NullMarked;
