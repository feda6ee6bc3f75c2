package io.depthcast.metrics;

import java.util.Locale;

/** What a client may do, or is sent, only so often; the label of {@code depthcast_rate_limited_total}. */
public enum RateLimit {
    COMMANDS,
    PINGS,
    REQUESTS,
    SNAPSHOTS,
    SUBSCRIPTIONS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
