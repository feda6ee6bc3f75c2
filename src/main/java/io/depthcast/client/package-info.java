/**
 * A client for Java programs: connects, keeps proved books, reconnects and resumes. Used by the tests and the load
 * generator. The door is {@link io.depthcast.client.MarketClient}; the decoders serve alone, too.
 *
 * <p>Threads: a client and all it has is confined to one event loop of the caller's, which many clients share, and its
 * listener hears on that loop. Commands may come from any thread. Inflaters belong to a thread, messages and settings are
 * immutable.
 */
@NullMarked
package io.depthcast.client;

import org.jspecify.annotations.NullMarked;
