/**
 * What one would write with Vert.x alone, as a peer to compare with. Started by {@code peers/start}, like the others.
 *
 * <p>Threads: one event loop has everything.
 */
package io.depthcast.loadtest.peer;
