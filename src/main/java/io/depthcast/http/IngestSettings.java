package io.depthcast.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where publishers connect.
 *
 * @param host address or name of the interface to bind
 * @param port a TCP port, 0 for a free one, or {@value #NONE}
 */
public record IngestSettings(String host, String port) {
    public static final String NONE = "none";
    /** This machine only: whoever reaches the port can tell prices, unless there are tokens. */
    public static final String DEFAULT_HOST = "127.0.0.1";
    /** TCP port: beside the public one and that of metrics. */
    public static final String DEFAULT_PORT = "8082";

    public static final IngestSettings DEFAULT = new IngestSettings(DEFAULT_HOST, DEFAULT_PORT);
    public static final IngestSettings OFF = new IngestSettings(DEFAULT_HOST, NONE);

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "::1", "[::1]");

    /** The text of a port if it is one, else null. */
    public static @Nullable String parsePort(String text) {
        boolean isNumber = text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= HttpSettings.MAX_PORT;
        return isNumber || text.equals(NONE) ? text : null;
    }

    public boolean isOn() {
        return !port.equals(NONE);
    }

    /** Whether nobody outside this machine reaches it. */
    public boolean isLocal() {
        return LOOPBACK_NAMES.contains(host) || host.startsWith("127.");
    }

    HttpSettings address() {
        return new HttpSettings(host, Integer.parseInt(port));
    }
}
