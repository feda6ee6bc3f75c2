package io.depthcast.http;

import io.depthcast.session.CloseReason;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * Sends the clients of one gateway loop away: each is told at once, with a random delay of its own, and their closes are
 * spread evenly over the time there is. One gateway loop; monotonic time.
 */
final class Drain {
    /** A client of whatever transport. */
    interface Guest {
        /** Whether it is on this machine, and nobody else must be spared its return. */
        boolean isLocal();

        void announce(int reconnectAfterMillis);

        /** Closes it after all that it has been sent; nothing happens if it has gone. */
        void close(CloseReason reason);
    }

    private final DrainSettings settings;
    private final long startNanos;
    private final IntUnaryOperator random;
    private final Queue<Guest> waiting = new ArrayDeque<>();
    private long expected;
    private long closed;

    /** @param random a number from 0 up to and without its argument */
    Drain(DrainSettings settings, long startNanos, IntUnaryOperator random) {
        this.settings = settings;
        this.startNanos = startNanos;
        this.random = random;
    }

    /** Tells a client that it has to go. One on this machine goes now, the others when it is their turn. */
    void add(Guest guest) {
        guest.announce(random.applyAsInt(settings.reconnectMillis() + 1));
        if (guest.isLocal()) {
            guest.close(reason());
        } else {
            waiting.add(guest);
            expected++;
        }
    }

    /** Closes those whose turn it is. */
    void tick(long nowNanos) {
        long windowNanos = TimeUnit.SECONDS.toNanos(settings.seconds());
        long elapsedNanos = nowNanos - startNanos;
        boolean over = elapsedNanos >= windowNanos;
        while (!waiting.isEmpty() && (over || (closed + 1) * windowNanos <= expected * elapsedNanos)) {
            closed++;
            waiting.remove().close(reason());
        }
    }

    static CloseReason reason() {
        return new CloseReason(CloseReason.GOING_AWAY, "the gateway shuts down; reconnect elsewhere");
    }
}
