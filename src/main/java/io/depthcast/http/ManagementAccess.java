package io.depthcast.http;

/**
 * Who may do what on the management port.
 *
 * @param token that changes ask for; {@link #NONE}: only whoever is on this machine changes anything
 * @param hosts names by which the port is asked for, besides addresses and names that no stranger can own
 */
public record ManagementAccess(String token, HostNames hosts) {
    public static final String NONE = "none";
    /** This machine only: whoever wants more says so, and says by which firewall. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    public static final ManagementAccess DEFAULT = new ManagementAccess(NONE, HostNames.NONE);

    boolean hasToken() {
        return !token.equals(NONE);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ManagementAccess[token=" + (hasToken() ? "****" : NONE) + ", hosts=" + hosts + "]";
    }
}
