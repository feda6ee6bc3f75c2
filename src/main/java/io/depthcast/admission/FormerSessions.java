package io.depthcast.admission;

import io.depthcast.session.CloseReason;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why sessions of this node were closed, for those who come back and say which was theirs. The newest
 * {@link #MAX_SESSIONS} of the last {@link #MAX_AGE_MINUTES} minutes. One thread; time is monotonic.
 */
public final class FormerSessions {
    /** Sessions: some 2 MB, and all clients of a node at their first reconnect. */
    static final int MAX_SESSIONS = 10_000;
    /** Minutes: who stays away for longer does not wonder about a close any more. */
    static final int MAX_AGE_MINUTES = 5;

    private final Map<UUID, Former> byId = new LinkedHashMap<>();

    private record Former(CloseReason reason, long closedNanos) {}

    public void closed(UUID id, CloseReason reason, long nowNanos) {
        byId.putIfAbsent(id, new Former(reason, nowNanos));
        sweep(nowNanos);
    }

    /** Why a session was closed; null if this is not known, or no longer, or its client went by itself. */
    public @Nullable CloseReason lastClose(UUID id, long nowNanos) {
        Former former = byId.get(id);
        return former == null || isOld(former, nowNanos) ? null : former.reason;
    }

    /** Forgets what is too old or too much. */
    public void sweep(long nowNanos) {
        Iterator<Former> eldest = byId.values().iterator();
        while (eldest.hasNext() && (isOld(eldest.next(), nowNanos) || byId.size() > MAX_SESSIONS)) {
            eldest.remove();
        }
    }

    int size() {
        return byId.size();
    }

    private static boolean isOld(Former former, long nowNanos) {
        return nowNanos - former.closedNanos >= TimeUnit.MINUTES.toNanos(MAX_AGE_MINUTES);
    }
}
