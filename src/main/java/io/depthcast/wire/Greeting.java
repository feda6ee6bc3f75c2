package io.depthcast.wire;

import java.util.Map;

/**
 * What a client is told first.
 *
 * @param timeMicros microseconds since 1970
 * @param limits what this client is held to, by name, in the order to be written
 * @param closeCode why the client's former session was closed, 0 if that is not known
 */
public record Greeting(
        String session,
        String server,
        long timeMicros,
        int flushMillis,
        Map<String, Long> limits,
        int closeCode,
        String closeReason) {}
