/**
 * Every meter, named once, with its help text and unit.
 *
 * <p>Threads: counters may be bumped from any thread; meters are registered once at start.
 */
@NullMarked
package io.depthcast.metrics;

import org.jspecify.annotations.NullMarked;
