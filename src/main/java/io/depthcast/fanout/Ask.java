package io.depthcast.fanout;

import io.depthcast.wire.StreamKey;

/**
 * "What changed in this stream since this version, in these forms?" Stands until the stream has changed.
 *
 * @param epoch microseconds since 1970; 0 together with version 0 for somebody who holds nothing
 * @param forms bits of {@link io.depthcast.wire.Form#bit()}
 * @param dueFlush number of the first flush at which the answer is wanted; 0 for the next
 */
record Ask(StreamKey key, long epoch, long version, int forms, long dueFlush) {}
