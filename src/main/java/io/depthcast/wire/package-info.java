/**
 * Encodings of the market data behind one interface, the control commands, and the compressed forms of a frame.
 *
 * <p>Threads: encodings are stateless. What deflates or puts messages together has buffers of its own and is confined to the
 * loop that made it. A frame is immutable and reference counted: it crosses from a shard loop to gateway loops, and whoever
 * holds it last releases it.
 */
@NullMarked
package io.depthcast.wire;

import org.jspecify.annotations.NullMarked;
