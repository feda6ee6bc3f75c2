package io.depthcast.session;

import io.depthcast.metrics.LadderMeters;
import io.depthcast.metrics.LadderStep;
import io.depthcast.wire.Notice;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Carries a client along the slow-consumer ladder: tells it every step, counts it, closes it at the end. */
final class Ladder {
    /** Who stands on it. */
    interface Climber {
        /** Sends it, whether there is room or not. */
        void tell(Notice notice);

        void close(CloseReason reason);
    }

    private static final int KIBI = 1_024;
    private static final int MEBI = KIBI * KIBI;

    private final Climber client;
    private final Outflow outflow;
    private final ClientSocket socket;
    private final SessionContext shared;
    private final LadderMeters meters;
    private int countedBytes;
    private long countedUpdates;

    Ladder(Climber client, Outflow outflow, ClientSocket socket, SessionContext shared) {
        this.client = client;
        this.outflow = outflow;
        this.socket = socket;
        this.shared = shared;
        this.meters = shared.meters().ladder();
        countClient(outflow.rung(), 1);
    }

    /** The connection is over. */
    void leave(long mergedUpdates) {
        countClient(outflow.rung(), -1);
        count(0, mergedUpdates);
    }

    private void countClient(Rung rung, int change) {
        switch (rung) {
            case LIVE -> meters.liveChanged(change);
            case CONFLATING -> meters.conflatingChanged(change);
            case SLOW -> meters.slowChanged(change);
        }
    }

    /** Brings what is counted of this client up to date. */
    void count(long mergedUpdates) {
        count(pendingBytes(), mergedUpdates);
    }

    private void count(int bytes, long mergedUpdates) {
        if (bytes != countedBytes) {
            meters.pendingChanged(bytes - countedBytes);
            countedBytes = bytes;
        }
        if (mergedUpdates != countedUpdates) {
            meters.merged(mergedUpdates - countedUpdates);
            countedUpdates = mergedUpdates;
        }
    }

    int pendingBytes() {
        return Math.max(outflow.pendingBytes(), socket.pendingBytes());
    }

    /** Takes the step that is due, which may be the close. */
    void climb(boolean dataLeftOut, long nowNanos) {
        if (socket.pendingBytes() > shared.pace().pendingBytes()) {
            cut(LadderStep.TOO_MUCH_PENDING, nowNanos);
        } else {
            step(dataLeftOut, nowNanos);
        }
    }

    /** As {@link #climb}, but a live client is not closed. */
    void step(boolean dataLeftOut, long nowNanos) {
        Rung before = outflow.rung();
        LadderStep step = outflow.check(socket.isWritable(), dataLeftOut, nowNanos);
        if (step == null) {
            return;
        }
        if (step == LadderStep.TOO_SLOW) {
            cut(step, nowNanos);
            return;
        }
        meters.stepped(step);
        countClient(before, -1);
        countClient(outflow.rung(), 1);
        tell(nowNanos);
    }

    private void tell(long nowNanos) {
        long behindMillis = behindMillis(nowNanos);
        switch (outflow.rung()) {
            case LIVE -> client.tell(Notice.Live.LIVE);
            case CONFLATING -> client.tell(new Notice.Conflating(pendingBytes(), behindMillis));
            case SLOW -> client.tell(new Notice.Slow(behindMillis, outflow.closeInMillis(nowNanos)));
        }
    }

    private void cut(LadderStep step, long nowNanos) {
        meters.stepped(step);
        String reason = String.format(
                Locale.ROOT,
                "slow consumer: %.1f s behind, %s pending",
                behindMillis(nowNanos) / 1e3,
                readable(pendingBytes()));
        client.close(new CloseReason(CloseReason.SLOW_CONSUMER, reason));
    }

    long behindMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(outflow.behindNanos(nowNanos));
    }

    private static String readable(int bytes) {
        if (bytes < KIBI) {
            return bytes + " B";
        }
        return bytes < MEBI
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIBI)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) MEBI);
    }
}
