/**
 * A client for Java programs: connects, keeps proved books, reconnects and resumes. Used by the tests and the load
 * generator. The door is {@link io.depthcast.client.MarketClient}; the decoders serve alone, too.
 *
 * <p>Threads: a client and all it has is confined to one event loop of the caller's, which many clients share.
 */
@NullMarked
package io.depthcast.client;

import org.jspecify.annotations.NullMarked;
