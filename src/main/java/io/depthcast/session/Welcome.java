package io.depthcast.session;

import io.depthcast.wire.Greeting;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client is told first. */
final class Welcome {
    private Welcome() {}

    /** @param lastClose why the client's former session was closed, null if that is not known */
    static Greeting of(String sessionId, SessionContext shared, @Nullable CloseReason lastClose) {
        return new Greeting(
                sessionId,
                shared.server(),
                shared.wallMicros().getAsLong(),
                shared.streams().flushMillis(),
                limits(shared.limits(), shared.pace()),
                lastClose == null ? 0 : lastClose.code(),
                lastClose == null ? "" : lastClose.text());
    }

    private static Map<String, Long> limits(LimitSettings limits, PaceSettings pace) {
        Map<String, Long> told = new LinkedHashMap<>();
        told.put("messageBytes", (long) limits.messageBytes());
        told.put("commandsPerSecond", (long) limits.commandsPerSecond());
        told.put("pingsPerSecond", (long) limits.pingsPerSecond());
        told.put("subscriptions", (long) limits.subscriptions());
        told.put("snapshotsPerSecond", (long) pace.snapshotsPerSecond());
        told.put("bytesPerSecond", (long) pace.bytesPerSecond());
        told.put("pendingBytes", (long) pace.pendingBytes());
        return told;
    }
}
