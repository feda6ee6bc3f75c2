package io.depthcast.http;

import io.depthcast.limit.Masking;
import io.depthcast.session.CloseReason;
import io.depthcast.session.PacedSubscriber;
import io.depthcast.session.SessionView;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The line of the log that says who has gone and why. One client of whatever transport, on its gateway loop. */
final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    /** How connections end when all is well, and when many do at once. */
    private static final Set<Integer> QUIET_CODES =
            Set.of(CloseReason.NORMAL, CloseReason.GOING_AWAY, CloseReason.ABNORMAL);

    private final PacedSubscriber client;
    private final String subject;
    private final Masking masking;
    private @Nullable CloseReason reason;
    /** As it was before its socket was taken from it. */
    private @Nullable SessionView last;

    /** @param subject of its token; empty where it showed none */
    Farewell(PacedSubscriber client, String subject, Masking masking) {
        this.client = client;
        this.subject = subject;
        this.masking = masking;
    }

    /** We end it, for this reason. */
    void closing(CloseReason why) {
        if (reason == null) {
            reason = why;
            last = client.view(System.nanoTime());
        }
    }

    /** It has ended, with this code. */
    void gone(int code) {
        long nowNanos = System.nanoTime();
        SessionView now = client.view(nowNanos);
        SessionView before = last == null ? now : last;
        LOG.atLevel(QUIET_CODES.contains(code) ? Level.DEBUG : Level.INFO)
                .addKeyValue("session", now.id())
                .addKeyValue("address", masking.of(now.address()))
                .addKeyValue("subject", subject)
                .addKeyValue("transport", now.transport())
                .addKeyValue("code", code)
                .addKeyValue("reason", reason == null ? "" : reason.text())
                .addKeyValue("durationMillis", now.ageMillis())
                .addKeyValue("rung", before.rung())
                .addKeyValue("behindMillis", before.behindMillis())
                .addKeyValue("bytes", now.bytesSent())
                .log("a client has gone");
    }
}
