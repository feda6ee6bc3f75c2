/**
 * Where events come from, one kind each: publishers, recordings, exchanges, Kafka topics. A source turns what its world
 * says into the events of {@link io.depthcast.feed.Door}, and repairs or refuses what its world gets wrong.
 *
 * <p>Threads: the feed loop owns all of it. A source that needs a thread of its own, because a file or a broker blocks,
 * hands over through a queue with bounds, and says so.
 */
@NullMarked
package io.depthcast.source;

import org.jspecify.annotations.NullMarked;
