package io.depthcast.source;

import io.depthcast.feed.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Whether a time can be one in microseconds since 1970. */
final class Times {
    /** The year 2001: what is before is in milliseconds or seconds. */
    private static final long FIRST_MICROS = micros("2001-01-01T00:00:00Z");
    /** The year 2100: what is later is in nanoseconds. */
    private static final long LAST_MICROS = micros("2100-01-01T00:00:00Z");

    private Times() {}

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }

    /** What is wrong with it; null if nothing is. 0 is now. */
    static @Nullable Refusal mistake(long micros) {
        if (micros == 0 || (micros >= FIRST_MICROS && micros <= LAST_MICROS)) {
            return null;
        }
        String guess = micros > LAST_MICROS ? "; these may be nanoseconds" : "; these may be milliseconds";
        return Refusals.time("time: expected microseconds since 1970, got " + micros + guess);
    }
}
