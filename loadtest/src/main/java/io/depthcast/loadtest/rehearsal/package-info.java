/**
 * A rolling restart, rehearsed: two gateways behind a proxy lose their processes one after the other, in good order and not,
 * and every client's books and waits are watched meanwhile.
 *
 * <p>Threads: the clients live on one event loop; the main thread starts and ends processes, waits, and asks that loop.
 */
package io.depthcast.loadtest.rehearsal;
