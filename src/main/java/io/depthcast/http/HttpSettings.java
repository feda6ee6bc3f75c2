package io.depthcast.http;

/**
 * Where a server listens. One for the public port, one for the management port.
 *
 * @param host address or name of the interface to bind
 * @param port 0 to 65535; 0 takes a free one
 */
public record HttpSettings(String host, int port) {
    /** Every interface: a container has one, and its address is not known beforehand. */
    public static final String DEFAULT_HOST = "0.0.0.0";
    /** TCP port of the stream and the pages: the customary one of an HTTP server without privileges. */
    public static final int DEFAULT_PUBLIC_PORT = 8_080;
    /** TCP port of metrics and probes: beside the public one, so that a firewall can tell them apart. */
    public static final int DEFAULT_MANAGEMENT_PORT = 8_081;
    /** The largest TCP port. */
    public static final int MAX_PORT = 65_535;

    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: expected an address or a name, got nothing");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: expected 0 to " + MAX_PORT + ", got " + port);
        }
    }
}
