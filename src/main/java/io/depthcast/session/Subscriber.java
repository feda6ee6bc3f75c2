package io.depthcast.session;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on a gateway loop who takes frames: one that stays connected, or one HTTP request that waits for an answer. During a
 * flush the audience collects the frames due to it and then has it deliver them together.
 */
public abstract class Subscriber {
    /** What was collected. Of one subscription alone it is the answer itself: then these are not touched. */
    private final List<Subscription> due = new ArrayList<>();

    private final List<Frame> gathered = new ArrayList<>();
    private List<Frame> frames = List.of();
    private @Nullable Subscription only;
    private int turn;
    private boolean catchingUp;
    private long mergedUpdates;

    /** What the log calls it; a session has the name that its client was told. */
    public String id() {
        return "none";
    }

    public abstract Form form();

    /** Whether data that is due may be sent now. */
    public abstract boolean hasRoom(long nowNanos);

    /** Data was due and there is no room: the subscriber stays at its versions and catches up later. */
    public void onNoRoom() {}

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
     * Sends the frames, borrowed for the call, as one message. Called only if {@link #hasRoom}; the subscriptions hold the
     * frames' versions already.
     */
    protected abstract void send(List<Frame> frames, MessageCache messages);

    /** Sending failed for a reason of the gateway's own: ends this subscriber. */
    public abstract void onFailure();

    /**
     * Returns true if these are the first frames of this flush.
     *
     * @param some at least one; must stay as they are until {@link #clearCollected}
     */
    public final boolean collect(Subscription subscription, List<Frame> some) {
        boolean first = !hasCollected();
        subscription.take();
        catchingUp |= subscription.isLeftOut();
        if (first) {
            only = subscription;
            frames = some;
        } else {
            gather();
            gather(subscription, some);
        }
        return first;
    }

    /** Has the collected in lists of its own, with a subscription for each frame. */
    private void gather() {
        if (only != null) {
            gather(only, frames);
            only = null;
            frames = gathered;
        }
    }

    private void gather(Subscription subscription, List<Frame> some) {
        for (int i = 0; i < some.size(); i++) {
            due.add(subscription);
            gathered.add(some.get(i));
        }
    }

    /** Whether something was collected in this flush, so that there is room. */
    public final boolean hasCollected() {
        return !frames.isEmpty();
    }

    /** Sends what was collected, as one message; of what does not fit, the subscriptions give back what they took. */
    public final void deliver(MessageCache messages) {
        int allowance = allowanceBytes();
        boolean all = collectedBytes() <= allowance;
        if (!all) {
            gather();
            FairShare.keep(due, gathered, form(), allowance);
        }
        if (!all || catchingUp) {
            countServed();
        }
        if (!all) {
            onLeftOut();
        }
        send(frames, messages);
    }

    private void countServed() {
        catchingUp = false;
        turn++;
        gather();
        for (int i = 0; i < due.size(); i++) {
            mergedUpdates += due.get(i).isMerging() ? 1 : 0;
            due.get(i).servedIn(turn);
        }
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

    /** The subscription of each frame taken in this flush. */
    public final List<Subscription> delivered() {
        gather();
        return due;
    }

    /** Forgets what was collected. */
    public final void clearCollected() {
        if (only == null) {
            due.clear();
            gathered.clear();
        }
        only = null;
        frames = List.of();
    }
}
