/**
 * Sockets and routes: the WebSocket upgrade and frame guard, server-sent events, REST, the management port, documents,
 * static files.
 *
 * <p>Threads: a gateway loop owns the sockets that it accepted, and all that is here of their connections, requests and
 * pages; a socket never leaves its loop. The management port has a loop of its own, and asks the gateway loops about their
 * clients by tasks. Vert.x's workers do what would hold a loop up: the scrape, files that are read, TLS handshakes. Documents
 * and settings are immutable.
 */
@NullMarked
package io.depthcast.http;

import org.jspecify.annotations.NullMarked;
