package io.depthcast.loadtest.generator;

/** What kind of server is asked. */
public enum Dialect {
    /** Depthcast: subscribes, proves the books. */
    DEPTHCAST("/v1/stream"),
    /** A server that sends every client the same SBE book messages as soon as it is connected. */
    PLAIN("/stream"),
    /** NATS over WebSocket (subject {@code m}); its messages hold SBE book messages. */
    NATS("/");

    private final String path;

    Dialect(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
