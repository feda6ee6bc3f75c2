/**
 * Encodings of the market data behind one interface, the control commands, and the compressed forms of a frame.
 *
 * <p>Threads: stateless or confined to the caller. A frame is immutable and reference counted and may cross threads.
 */
@NullMarked
package io.depthcast.wire;

import org.jspecify.annotations.NullMarked;
