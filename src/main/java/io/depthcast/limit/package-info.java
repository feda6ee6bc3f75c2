/**
 * Token buckets, back-off and ranges of addresses: arithmetic on nanoseconds and bits. Pure Java.
 *
 * <p>Threads: confined to the caller; time is an argument.
 */
@NullMarked
package io.depthcast.limit;

import org.jspecify.annotations.NullMarked;
