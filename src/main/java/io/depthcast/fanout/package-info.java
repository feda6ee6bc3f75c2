/**
 * Shards with their streams and the flush; subscriptions, cohorts and messages of a gateway loop; and what goes between them.
 *
 * <p>Threads: a shard loop owns its books, streams and demands; a gateway loop its audience, with the versions that its
 * subscriptions hold, and its messages. Between them go only the immutable asks and batches of this package, over the event
 * bus.
 */
@NullMarked
package io.depthcast.fanout;

import org.jspecify.annotations.NullMarked;
