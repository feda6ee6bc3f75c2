package io.depthcast.app;

import io.depthcast.market.FeedSettings;
import java.util.List;

/** What {@code feed.kind} may name without a jar of somebody's own. */
final class FeedKinds {
    static final String NONE = "none";
    static final String RECORDING = "recording";
    static final String BINANCE = "binance";
    static final String KAFKA = "kafka";

    /** Those that come with the gateway, whose names are taken. */
    static final List<String> BUILT_IN = List.of(FeedSettings.SIMULATED, RECORDING, BINANCE, KAFKA);

    private FeedKinds() {}

    /** Whether a good value of {@code feed.kind} names this one. */
    static boolean names(String kinds, String kind) {
        return List.of(kinds.split(",", -1)).contains(kind);
    }
}
