/**
 * Instruments, versioned order books, depth views, tape and candles, each able to say what changed since a version. Pure Java.
 *
 * <p>Threads: mutable types are confined to the shard loop that owns the instrument; records are immutable.
 */
@NullMarked
package io.depthcast.book;

import org.jspecify.annotations.NullMarked;
