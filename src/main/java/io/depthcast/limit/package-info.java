/**
 * Token buckets, addresses, and who may connect; arithmetic on nanoseconds. Pure Java.
 *
 * <p>Threads: confined to the caller; time is an argument.
 */
@NullMarked
package io.depthcast.limit;

import org.jspecify.annotations.NullMarked;
