/**
 * Streams, the flush, frame batches, and the subscription registry between shards and gateway loops.
 *
 * <p>Threads: a shard loop owns its books and streams, a gateway loop its audience. Between the two go only the immutable messages of this package, over the event bus.
 */
@NullMarked
package io.depthcast.fanout;

import org.jspecify.annotations.NullMarked;
