/**
 * Keys, the file, flags and the environment, and what every mistake is told.
 *
 * <p>Threads: read once at the start, and again by whoever reloads; everything here is immutable or confined to its caller.
 */
@NullMarked
package io.depthcast.config;

import org.jspecify.annotations.NullMarked;
