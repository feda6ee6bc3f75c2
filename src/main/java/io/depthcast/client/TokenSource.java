package io.depthcast.client;

import java.util.function.Consumer;

/**
 * Where a client gets the token that it shows: asked before every connection, and when the gateway says that the present
 * one ends soon. Called on the client's event loop, so it must not wait; what it fetches it may hand over later, from any
 * thread. Until then the client does not connect.
 */
public interface TokenSource {
    /** @param use takes a token that is still good for a while; once */
    void fetch(Consumer<String> use);
}
