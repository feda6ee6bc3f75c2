package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.metrics.SourceMeters;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who publishes under one name, over whatever connections. Feed loop only. */
public final class Publisher {
    /** A source whose WebSocket is gone for this long is gone; until then it may come back unnoticed. */
    private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Whoever asks for a name has connected, or sent what it posts, by then. */
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Door door;
    private final SourceMeters meters;
    private @Nullable PublishingSession session;
    private boolean isGone;
    private long goneNanos;
    private long askedNanos;

    Publisher(Door door, SourceMeters meters) {
        this.door = door;
        this.meters = meters;
    }

    /**
     * A WebSocket; one that is there already is closed.
     *
     * @param allowed whether it may speak of a symbol
     */
    public PublishingSession connect(
            PublishingSession.Connection connection, Predicate<String> allowed, long nowNanos) {
        PublishingSession former = session;
        PublishingSession next = new PublishingSession(door, meters, allowed, connection, nowNanos);
        session = next;
        if (former != null) {
            former.replaced();
        }
        if (former != null || isGone) {
            meters.reconnected();
        }
        isGone = false;
        return next;
    }

    /** The connection of a session has ended. */
    public void disconnected(PublishingSession ended, long nowNanos) {
        ended.end();
        if (ended == session) {
            session = null;
            isGone = true;
            goneNanos = nowNanos;
        }
    }

    /** @param allowed whether the body may speak of a symbol */
    public PostedLines post(Predicate<String> allowed) {
        return new PostedLines(door, meters, allowed);
    }

    /** Somebody comes by this name. */
    void asked(long nowNanos) {
        askedNanos = nowNanos;
    }

    /** Whether nothing would be lost with it. */
    boolean isIdle(long nowNanos) {
        return session == null && !door.hasInstruments() && nowNanos - askedNanos >= IDLE_NANOS;
    }

    void tick(long nowNanos) {
        if (session != null) {
            session.tick(nowNanos);
        } else if (isGone && nowNanos - goneNanos >= GONE_NANOS) {
            isGone = false;
            door.disconnected();
        }
    }
}
