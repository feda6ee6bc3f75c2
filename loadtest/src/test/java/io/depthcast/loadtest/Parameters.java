package io.depthcast.loadtest;

import io.depthcast.loadtest.generator.Profile;
import io.depthcast.loadtest.generator.Target;
import io.depthcast.loadtest.generator.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a simulation is asked to do, from system properties. */
final class Parameters {
    static final Target TARGET = target();
    /** {@code host:port} of a proxy; empty for none. */
    static final String PROXY = System.getProperty("proxy", "");

    static final int USERS = Integer.getInteger("users", 500);
    /** How long users stay, after all have come. */
    static final int SECONDS = Integer.getInteger("seconds", 60);
    /** Seconds over which users come. */
    static final int RAMP_SECONDS = Integer.getInteger("rampSeconds", 10);
    /** Last part of the subprotocol: sbe, json. */
    static final String ENCODING = System.getProperty("encoding", "sbe");

    static final Profile PROFILE =
            Profile.valueOf(System.getProperty("profile", "watchlist").toUpperCase(Locale.ROOT));
    static final int DEPTH = Integer.getInteger("depth", 25);
    /** Pace asked for; 0 is every flush. */
    static final int INTERVAL_MILLIS = Integer.getInteger("intervalMillis", 0);
    /** The run fails if in more than one second of a hundred a user's oldest update is older. */
    static final int MAX_AGE_MILLIS = Integer.getInteger("maxAgeMillis", 1_000);
    /** How often all users go and come back in {@link ReconnectStorm}. */
    static final int STORMS = Integer.getInteger("storms", 3);
    /** Clients that hardly read in {@link SlowConsumers}, and what they read. */
    static final int SLOW_CLIENTS = Integer.getInteger("slowClients", 50);

    static final int SLOW_BYTES_PER_SECOND = Integer.getInteger("slowBytesPerSecond", 2_000);

    /** {@code url}, {@code tokens}, {@code trust} and {@code proxy}, or {@code port} on this machine. */
    private static Target target() {
        String url = System.getProperty("url", "");
        String tokens = System.getProperty("tokens", "");
        String proxy = System.getProperty("proxy", "");
        String trust = System.getProperty("trust", "");
        if (url.isEmpty()) {
            return Target.local(Integer.getInteger("port", 8080), null);
        }
        try {
            List<String> shown = tokens.isEmpty() ? List.of() : Target.tokens(Path.of(tokens));
            Trust trusted = trust.isEmpty() ? null : Trust.in(Path.of(trust));
            return Target.of(url, trusted, shown, proxy.isEmpty() ? null : proxy);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Parameters() {}
}
