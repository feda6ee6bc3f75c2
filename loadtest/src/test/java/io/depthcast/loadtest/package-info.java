/**
 * Simulations for Gatling. Every one rebuilds the books of its users and proves them while the load runs.
 *
 * <p>Threads: a user's session, and the reader in it, belongs to one of Gatling's event loops; what all users saw together
 * is in {@link io.depthcast.loadtest.Proof}, which any thread may call.
 */
package io.depthcast.loadtest;
