/**
 * Token buckets, back-off, addresses; arithmetic on nanoseconds. Pure Java.
 *
 * <p>Threads: addresses and networks are immutable, all that counts is confined to its owner; time is an argument.
 */
@NullMarked
package io.depthcast.limit;

import org.jspecify.annotations.NullMarked;
