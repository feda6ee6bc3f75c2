/**
 * Thousands of clients from one process: opens connections, reads what comes, rebuilds and proves books of some or all of
 * them, and tells what it saw and what the server took for it.
 *
 * <p>Threads: everything runs on the one event loop of {@link io.depthcast.loadtest.generator.Population}, but for the main
 * thread, which only waits and asks that loop for copies of its {@link io.depthcast.loadtest.generator.Tally}.
 */
package io.depthcast.loadtest.generator;
