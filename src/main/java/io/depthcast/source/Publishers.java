package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.metrics.SourceMeters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who publishes, by name. A name keeps its instruments while the gateway runs; one that has none, and no connection,
 * makes room for others when there are many. Feed loop only.
 */
public final class Publishers {
    /** Bytes of a line, or of the message of a WebSocket: 5,000 levels on each side fit. */
    public static final int MAX_TEXT_BYTES = 512 * 1_024;

    /** A name costs a few hundred bytes, so strangers may not make any number of them. */
    static final int MAX_NAMES = 1_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** A publisher that has nothing new says heartbeat before that. */
    private static final int SILENCE_MILLIS = 10_000;

    private final Door door;
    private final SourceMeters meters;
    private final Map<String, Publisher> byName = new LinkedHashMap<>();
    private long nowNanos;

    /** @param door through which each name gets one of its own */
    public Publishers(Door door, SourceMeters meters) {
        this.door = door;
        this.meters = meters;
    }

    /** Whether a text can be the name of a publisher: 1 to 64 letters, digits, points, dashes and underscores. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Null if there are too many already. */
    public @Nullable Publisher named(String name) {
        Publisher known = byName.get(name);
        if (known == null && hasRoom()) {
            known = new Publisher(door.open(name, SILENCE_MILLIS), meters);
            byName.put(name, known);
        }
        if (known != null) {
            known.asked(nowNanos);
        }
        return known;
    }

    private boolean hasRoom() {
        if (byName.size() >= MAX_NAMES) {
            byName.values().removeIf(publisher -> publisher.isIdle(nowNanos));
        }
        return byName.size() < MAX_NAMES;
    }

    /** To be called every few milliseconds. */
    public void tick(long monotonicNanos) {
        nowNanos = monotonicNanos;
        byName.values().forEach(publisher -> publisher.tick(nowNanos));
    }
}
