package io.depthcast.session;

import java.util.concurrent.TimeUnit;

/** Whether a client is there, reads, and wants anything. Monotonic time; one gateway loop. */
final class Liveness {
    enum State {
        WELL,
        /** Send a ping; it counts as sent. */
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
    private long heardNanos;
    private long pingNanos;
    private boolean pingOpen;
    private long subscribedNanos;
    private long takenBytes;
    private long progressNanos;

    Liveness(ClientSocket socket, LimitSettings limits, long nowNanos) {
        this.socket = socket;
        this.limits = limits;
        this.heardNanos = nowNanos;
        this.pingNanos = nowNanos;
        this.subscribedNanos = nowNanos;
        this.progressNanos = nowNanos;
    }

    /** Anything from the client shows that it is there. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
        pingOpen = false;
    }

    /** A ping waits behind what the socket does not take, so its answer proves nothing. */
    void behind() {
        pingOpen = false;
    }

    State check(int subscriptions, long nowNanos) {
        long taken = socket.takenBytes();
        if (taken != takenBytes || !socket.hasPending()) {
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
        if (pingOpen && isOver(pingNanos, limits.pongSeconds(), nowNanos)) {
            return State.NO_PONG;
        }
        if (!pingOpen && !socket.hasPending() && isOver(later(heardNanos, pingNanos), limits.pingSeconds(), nowNanos)) {
            pingOpen = true;
            pingNanos = nowNanos;
            return State.PING_DUE;
        }
        return State.WELL;
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    private static boolean isOver(long sinceNanos, int seconds, long nowNanos) {
        return nowNanos - sinceNanos >= TimeUnit.SECONDS.toNanos(seconds);
    }
}
