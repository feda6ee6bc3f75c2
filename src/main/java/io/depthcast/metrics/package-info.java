/**
 * Every meter, named once, with its help text and unit.
 *
 * <p>Threads: any thread may count and measure; meters are registered at the start. The scrape reads on a thread of its own,
 * so what a gauge tells is volatile and as old as its last write.
 */
@NullMarked
package io.depthcast.metrics;

import org.jspecify.annotations.NullMarked;
