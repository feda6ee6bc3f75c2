package io.depthcast.session;

import java.util.concurrent.TimeUnit;

/** Whether a client is there, reads, and wants anything. Monotonic time; one gateway loop. */
final class Liveness {
    enum State {
        WELL,
        /** Send a ping. */
        PING_DUE,
        /** The ping was not answered in time. */
        NO_PONG,
        /** Nothing subscribed for too long. */
        IDLE,
        /** Bytes wait, and the socket has taken none for too long. */
        STALLED
    }

    private final ClientSocket socket;
    private final LimitSettings limits;
    private final Outflow outflow;
    private long heardNanos;
    private long subscribedNanos;
    private long takenBytes;
    private long progressNanos;

    /** @param outflow knows of the pings, for it has them sent as well */
    Liveness(ClientSocket socket, LimitSettings limits, Outflow outflow, long nowNanos) {
        this.socket = socket;
        this.limits = limits;
        this.outflow = outflow;
        this.heardNanos = nowNanos;
        this.subscribedNanos = nowNanos;
        this.progressNanos = nowNanos;
    }

    /** Anything from the client shows that it is there. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    State check(int subscriptions, long nowNanos) {
        boolean pending = socket.hasPending();
        long taken = pending ? socket.takenBytes() : 0;
        if (!pending || taken != takenBytes) {
            takenBytes = taken;
            progressNanos = nowNanos;
        }
        if (subscriptions > 0) {
            subscribedNanos = nowNanos;
        }
        if (isOver(progressNanos, limits.stalledSeconds(), nowNanos)) {
            return State.STALLED;
        }
        if (isOver(subscribedNanos, limits.unsubscribedSeconds(), nowNanos)) {
            return State.IDLE;
        }
        return checkPing(pending, nowNanos);
    }

    /** Of a client that is behind, the ladder judges how long it may take to answer. */
    private State checkPing(boolean pending, long nowNanos) {
        long pingNanos = outflow.probeNanos();
        if (outflow.isProbing()) {
            boolean silent = outflow.rung() == Rung.LIVE && heardNanos - pingNanos <= 0;
            return silent && isOver(pingNanos, limits.pongSeconds(), nowNanos) ? State.NO_PONG : State.WELL;
        }
        boolean due = !pending && isOver(later(heardNanos, pingNanos), limits.pingSeconds(), nowNanos);
        return due ? State.PING_DUE : State.WELL;
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    private static boolean isOver(long sinceNanos, int seconds, long nowNanos) {
        return nowNanos - sinceNanos >= TimeUnit.SECONDS.toNanos(seconds);
    }
}
