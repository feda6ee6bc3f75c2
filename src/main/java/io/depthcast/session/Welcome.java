package io.depthcast.session;

import io.depthcast.wire.Greeting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a client is told first. */
final class Welcome {
    /** As a node takes where nobody has set it: 500 for each processor. */
    private static final long HANDSHAKES_PER_SECOND =
            500L * Runtime.getRuntime().availableProcessors();
    /** Longer than anybody likes to wait; the handshakes' own budget spreads what is left. */
    private static final long MAX_SPREAD_MILLIS = 5_000;

    private Welcome() {}

    /** @param lastClose why the client's former session was closed, null if that is not known */
    static Greeting of(String sessionId, SessionContext shared, @Nullable CloseReason lastClose) {
        return new Greeting(
                sessionId,
                shared.server(),
                shared.wallMicros().getAsLong(),
                shared.streams().flushMillis(),
                limits(shared.limits(), shared.pace(), shared.meters().audience()),
                lastClose == null ? 0 : lastClose.code(),
                lastClose == null ? "" : lastClose.text());
    }

    private static Map<String, Long> limits(LimitSettings limits, PaceSettings pace, long audience) {
        Map<String, Long> told = new LinkedHashMap<>();
        told.put("messageBytes", (long) limits.messageBytes());
        told.put("commandsPerSecond", (long) limits.commandsPerSecond());
        told.put("pingsPerSecond", (long) limits.pingsPerSecond());
        told.put("subscriptions", (long) limits.subscriptions());
        told.put("snapshotsPerSecond", (long) pace.snapshotsPerSecond());
        told.put("bytesPerSecond", (long) pace.bytesPerSecond());
        told.put("pendingBytes", (long) pace.pendingBytes());
        told.put("lossSpreadMillis", lossSpreadMillis(audience, HANDSHAKES_PER_SECOND));
        return told;
    }

    /**
     * Over how long clients of this node come back if all are cut at once, so that a node like this one can take them: a client
     * that is cut cannot know how many others are.
     */
    static long lossSpreadMillis(long audience, long handshakesPerSecond) {
        return Math.min(MAX_SPREAD_MILLIS, TimeUnit.SECONDS.toMillis(audience) / handshakesPerSecond);
    }
}
