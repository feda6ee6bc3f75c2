/**
 * The gateway beside its peers and the floor: the same clients, the same messages, the same cores, in one run.
 *
 * <p>Threads: the main thread starts and stops servers one after the other and measures each.
 */
package io.depthcast.loadtest.compare;
