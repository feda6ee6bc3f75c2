package io.depthcast.session;

import io.depthcast.limit.TokenBucket;
import io.depthcast.metrics.LadderStep;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one client may be sent now, and its place on the slow-consumer ladder.
 *
 * <p>A probe follows what is sent, and its answer acknowledges everything before it: a ping and its pong on a WebSocket,
 * elsewhere the socket having taken all. A client that keeps up is probed once in 8 KiB, because prices that the kernels
 * hold back look like sent ones. A client that is behind, or new, gets one message at a time: the answer to the probe right
 * behind it is the permission for the next, so its data is as old as one message takes to travel. The state is little more
 * than the time of the oldest unanswered probe.
 *
 * <p>Time is monotonic; one gateway loop. The caller says whether the socket is writable, and whether data that was due has
 * been left out.
 */
public final class Outflow {
    /** Bytes to a client that keeps up between two probes. */
    static final int PROBE_BYTES = 8 * 1024;
    /** Bytes of a message to a client that gets one at a time; at 2 KB/s it travels for less than it takes to be closed. */
    static final int ONE_AT_A_TIME_BYTES = 16 * 1024;
    /** Bytes of a message to a client that keeps up, whatever its rate: with the kernel's 64 KiB well below 128 KiB. */
    public static final int LIVE_BYTES = 32 * 1024;
    /** Bytes of the largest message to a client of a high rate. */
    static final int MAX_BYTES = 256 * 1024;

    static final long MIN_CALM_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long MAX_CALM_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** A quarter of a second's worth may come at once. */
    private static final int BURSTS_PER_SECOND = 4;

    private static final int MILLIS_PER_SECOND = 1_000;

    private final PaceSettings pace;
    private final int flushMillis;
    private final TokenBucket budget;

    private Rung rung = Rung.LIVE;
    /** Whether a probe has been answered in time; until then even a live client gets one message at a time. */
    private boolean proven;

    private boolean probing;
    private long probeNanos;
    /** Bytes sent since the last probe, and since the last one that was answered. */
    private int sinceProbeBytes;

    private int unacknowledgedBytes;

    /** Conflating: since when it has been calm. Slow: since when. Live: since when, if it has been otherwise. */
    private long sinceNanos;
    /** How long a conflating client must be calm to be live again; 0 if it never was one. */
    private long calmNanos;

    /** @param flushMillis least time between two messages */
    public Outflow(PaceSettings pace, int flushMillis, long nowNanos) {
        this.pace = pace;
        this.flushMillis = flushMillis;
        this.budget = new TokenBucket(pace.bytesPerSecond(), burst(pace.bytesPerSecond()), nowNanos);
        this.probeNanos = nowNanos;
    }

    private static long burst(long bytesPerSecond) {
        return Math.max(1, bytesPerSecond / BURSTS_PER_SECOND);
    }

    /** Sends no more than this from now on; returns what applies, which is at most what is configured. */
    public int limit(int bytesPerSecond, long nowNanos) {
        int applies = Math.min(bytesPerSecond, pace.bytesPerSecond());
        budget.setRate(applies, burst(applies), nowNanos);
        return applies;
    }

    public Rung rung() {
        return rung;
    }

    /** Whether a message may be sent now. */
    public boolean hasRoom(boolean writable, long nowNanos) {
        boolean awaiting = probing && (isOneAtATime() || isLate(nowNanos));
        return writable && !awaiting && !budget.isInDebt(nowNanos);
    }

    /**
     * Bytes that the next message may have; a single frame may have more.
     *
     * @param waitingBytes what the socket has not passed on to the kernel
     */
    public int allowanceBytes(int waitingBytes) {
        long perSecond = budget.perSecond();
        long live =
                Math.min(MAX_BYTES, Math.max(LIVE_BYTES, perSecond * flushMillis / MILLIS_PER_SECOND)) - waitingBytes;
        return (int) Math.max(1, Math.min(isOneAtATime() ? ONE_AT_A_TIME_BYTES : live, perSecond));
    }

    /** Whether each message must be acknowledged before the next. */
    boolean isOneAtATime() {
        return !proven || rung != Rung.LIVE;
    }

    private boolean isLate(long nowNanos) {
        return nowNanos - probeNanos > TimeUnit.MILLISECONDS.toNanos(pace.ackMillis());
    }

    /** Counts what was sent, of whatever kind. */
    public void sent(int bytes, long nowNanos) {
        budget.spend(bytes, nowNanos);
        sinceProbeBytes += bytes;
        unacknowledgedBytes += bytes;
    }

    /** Whether a probe should follow the data just sent. */
    public boolean wantsProbe() {
        return !probing && (isOneAtATime() || sinceProbeBytes >= PROBE_BYTES);
    }

    public boolean isProbing() {
        return probing;
    }

    /** A probe was sent behind all that was sent so far; none may be under way. */
    public void probed(long nowNanos) {
        probing = true;
        probeNanos = nowNanos;
        sinceProbeBytes = 0;
    }

    /** When the probe under way, or the last one, was sent; when this began, before the first. */
    public long probeNanos() {
        return probeNanos;
    }

    /** The probe under way was answered. */
    public void acknowledged(long nowNanos) {
        if (!probing) {
            return;
        }
        probing = false;
        unacknowledgedBytes = sinceProbeBytes;
        if (rung == Rung.LIVE) {
            proven |= !isLate(nowNanos);
        } else if (rung == Rung.CONFLATING && isLate(nowNanos)) {
            sinceNanos = nowNanos;
        }
    }

    /** Bytes that may be under way: sent since the last answered probe if one is unanswered. */
    public int pendingBytes() {
        return probing ? unacknowledgedBytes : 0;
    }

    /** How old what the client holds may be, because something sent at that time is not acknowledged; 0 if all is. */
    public long behindNanos(long nowNanos) {
        return probing ? nowNanos - probeNanos : 0;
    }

    /** Milliseconds from now to the close, for a slow client. */
    public long closeInMillis(long nowNanos) {
        long leftNanos = TimeUnit.SECONDS.toNanos(pace.slowCloseSeconds()) - (nowNanos - sinceNanos);
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(leftNanos));
    }

    /**
     * Takes the step that is due, if any; after {@link LadderStep#TOO_SLOW} the client must be closed. A client that only
     * waits for its byte budget goes no further than to merged updates.
     *
     * @param dataLeftOut whether data was due and has not been sent
     */
    public @Nullable LadderStep check(boolean writable, boolean dataLeftOut, long nowNanos) {
        return switch (rung) {
            case LIVE -> dataLeftOut ? checkLive(writable, nowNanos) : null;
            case CONFLATING -> checkConflating(writable, dataLeftOut, nowNanos);
            case SLOW -> checkSlow(nowNanos);
        };
    }

    private @Nullable LadderStep checkLive(boolean writable, long nowNanos) {
        LadderStep step = null;
        if (probing && isLate(nowNanos)) {
            step = LadderStep.ACK_LATE;
        } else if (!writable) {
            step = LadderStep.SOCKET_FULL;
        } else if (budget.isInDebt(nowNanos)) {
            step = LadderStep.BUDGET_SPENT;
        }
        if (step != null) {
            boolean relapse = calmNanos > 0 && nowNanos - sinceNanos < MAX_CALM_NANOS;
            calmNanos = relapse ? Math.min(MAX_CALM_NANOS, 2 * calmNanos) : MIN_CALM_NANOS;
            enter(Rung.CONFLATING, nowNanos);
        }
        return step;
    }

    private @Nullable LadderStep checkConflating(boolean writable, boolean dataLeftOut, long nowNanos) {
        if (behindNanos(nowNanos) >= TimeUnit.SECONDS.toNanos(pace.slowSeconds())) {
            enter(Rung.SLOW, nowNanos);
            return LadderStep.BEHIND;
        }
        boolean held = dataLeftOut && (!writable || budget.isInDebt(nowNanos));
        if (held || (probing && isLate(nowNanos))) {
            sinceNanos = nowNanos;
        } else if (nowNanos - sinceNanos >= calmNanos) {
            proven = true;
            enter(Rung.LIVE, nowNanos);
            return LadderStep.RECOVERED;
        }
        return null;
    }

    private @Nullable LadderStep checkSlow(long nowNanos) {
        if (!probing) {
            enter(Rung.CONFLATING, nowNanos);
            return LadderStep.RELIEVED;
        }
        boolean over = nowNanos - sinceNanos >= TimeUnit.SECONDS.toNanos(pace.slowCloseSeconds());
        return over ? LadderStep.TOO_SLOW : null;
    }

    private void enter(Rung next, long nowNanos) {
        rung = next;
        sinceNanos = nowNanos;
    }
}
