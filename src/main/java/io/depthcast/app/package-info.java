/**
 * Command line, configuration file, wiring, start and stop order. Nothing here is on the way of a price.
 *
 * <p>Threads: the main thread until the verticles are deployed, then only the shutdown hook.
 */
@NullMarked
package io.depthcast.app;

import org.jspecify.annotations.NullMarked;
