package io.depthcast.session;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody on a gateway loop who takes frames: one that stays connected, or one HTTP request that waits for an answer. During a
 * flush the audience collects the frames due to it and then has it deliver them together.
 */
public abstract class Subscriber {
    private final List<Subscription> due = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private int turn;
    private long mergedUpdates;

    /** What the log calls it; a session has the name that its client was told. */
    public String id() {
        return "none";
    }

    public abstract Form form();

    /** Whether data that is due may be sent now; if not, the subscriber stays at its versions and catches up later. */
    public abstract boolean hasRoom(long nowNanos);

    /** Bytes that the next message may have; what is beyond waits, but for the first frame. */
    protected int allowanceBytes() {
        return Integer.MAX_VALUE;
    }

    /** Whether it is asked at once what changes next; if not, the subscriber asks itself when it has room again. */
    public boolean keepsUp() {
        return true;
    }

    /** Some of what was collected did not fit; its subscriptions stay at their versions and ask for nothing. */
    protected void onLeftOut() {}

    /**
     * Sends the frames, borrowed for the call, as one message. Called only if {@link #hasRoom}; the subscriptions are at
     * the frames' versions already.
     */
    protected abstract void send(List<Frame> frames, MessageCache messages);

    /** Sending failed for a reason of the gateway's own: ends this subscriber. */
    public abstract void onFailure();

    /** Returns true if this is the first frame of this flush. */
    public final boolean collect(Subscription subscription, Frame frame) {
        due.add(subscription);
        frames.add(frame);
        return due.size() == 1;
    }

    /** Whether something was collected in this flush, so that there is room. */
    public final boolean hasCollected() {
        return !due.isEmpty();
    }

    /** Sends what was collected, as one message, and moves the subscriptions to the versions sent. */
    public final void deliver(MessageCache messages) {
        // First, because a socket that becomes writable while it sends has us ask what changed since these versions.
        int allowance = allowanceBytes();
        boolean all = collectedBytes() <= allowance;
        if (!all) {
            FairShare.keep(due, frames, form(), allowance);
        }
        turn++;
        for (int i = 0; i < due.size(); i++) {
            Subscription subscription = due.get(i);
            mergedUpdates += subscription.isMerging() ? 1 : 0;
            subscription.advanceTo(frames.get(i).epoch(), frames.get(i).version());
            subscription.servedIn(turn);
        }
        if (!all) {
            onLeftOut();
        }
        send(frames, messages);
    }

    private long collectedBytes() {
        long bytes = 0;
        for (int i = 0; i < frames.size(); i++) {
            bytes += frames.get(i).bytes(form()).readableBytes();
        }
        return bytes;
    }

    /** Updates delivered that stood for several, because there was no room in between. */
    protected final long mergedUpdates() {
        return mergedUpdates;
    }

    /** The subscriptions that took a frame in this flush; empties the list afterwards. */
    public final List<Subscription> delivered() {
        return due;
    }

    /** Forgets what was collected. */
    public final void clearCollected() {
        due.clear();
        frames.clear();
    }
}
