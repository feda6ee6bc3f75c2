package io.depthcast.app;

import java.util.List;

/**
 * What this process is for.
 *
 * @param role one of {@link #ROLES}
 */
public record NodeSettings(String role) {
    /** Sources and clients. */
    public static final String ALL = "all";
    /** Sources; what they tell goes to the log. */
    public static final String FEED = "feed";
    /** Clients; what they are told comes from the log. */
    public static final String GATEWAY = "gateway";

    public static final NodeSettings DEFAULT = new NodeSettings(ALL);

    static final List<String> ROLES = List.of(ALL, FEED, GATEWAY);

    public boolean hasSources() {
        return !role.equals(GATEWAY);
    }

    public boolean hasClients() {
        return !role.equals(FEED);
    }
}
