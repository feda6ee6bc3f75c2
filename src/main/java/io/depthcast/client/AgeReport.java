package io.depthcast.client;

import io.depthcast.wire.Command;
import java.util.concurrent.TimeUnit;

/** Tells the gateway, in a ping now and then, how old the newest price was when it was applied. One event loop. */
final class AgeReport {
    private static final long NONE = -1;

    private final GatewayClock clock = new GatewayClock();
    private long pingId = NONE;
    private long sentNanos;
    private boolean applied;
    private long timeMicros;
    private long appliedNanos;

    /** A connection is there; nothing is known of its gateway's clock. */
    void open() {
        clock.forget();
        pingId = NONE;
        applied = false;
    }

    /** @param eventMicros of the newest event in what was applied */
    void applied(long eventMicros, long nowNanos) {
        applied = true;
        timeMicros = eventMicros;
        appliedNanos = nowNanos;
    }

    void onPong(ControlMessage.Pong pong, long nowNanos) {
        Long id = pong.id();
        if (id != null && id == pingId) {
            clock.roundTrip(sentNanos, nowNanos, pong.timeMicros());
            pingId = NONE;
        }
    }

    /** The next ping, to be sent now: with the age of what was applied since the last one, if the clock is known by now. */
    Command.Ping next(long id, long nowNanos) {
        pingId = id;
        sentNanos = nowNanos;
        if (!applied || !clock.isKnown()) {
            return new Command.Ping(id);
        }
        applied = false;
        long ageMillis = TimeUnit.MICROSECONDS.toMillis(clock.microsAt(appliedNanos) - timeMicros);
        return new Command.Ping(id, (int) Math.max(0, Math.min(ageMillis, Command.Ping.MAX_AGE_MILLIS)));
    }
}
