/**
 * Sockets and routes: the WebSocket upgrade and frame guard, REST, the management port, documents, static
 * files.
 *
 * <p>Threads: a gateway loop owns its sockets; a socket never leaves the loop that accepted it, and every handler here runs on that loop.
 */
@NullMarked
package io.depthcast.http;

import org.jspecify.annotations.NullMarked;
