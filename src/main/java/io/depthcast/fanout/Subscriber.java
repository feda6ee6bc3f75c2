package io.depthcast.fanout;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on a gateway loop who takes frames: one that stays connected, or one HTTP request that waits for an answer. During a
 * flush the audience collects the frames due to it and then has it deliver them together.
 */
public abstract class Subscriber {
    /** What was collected. Of one subscription alone it is the answer itself: who follows one stream has no such lists. */
    private @Nullable Gathered gathered;

    private List<Frame> frames = List.of();
    private @Nullable Subscription only;
    private int turn;
    /** Subscriptions for which there was no room the last time. */
    private int leftOut;

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
        if (first) {
            only = subscription;
            frames = some;
        } else {
            gather().add(subscription, some);
        }
        return first;
    }

    /** Has the collected in lists of its own. */
    private Gathered gather() {
        if (gathered == null) {
            gathered = new Gathered();
        }
        if (only != null) {
            gathered.add(only, frames);
            only = null;
            frames = gathered.frames;
        }
        return gathered;
    }

    private static final class Gathered {
        private final List<Subscription> due = new ArrayList<>();
        /** One for each of them. */
        private final List<Frame> frames = new ArrayList<>();

        void add(Subscription subscription, List<Frame> some) {
            for (int i = 0; i < some.size(); i++) {
                due.add(subscription);
                frames.add(some.get(i));
            }
        }

        void clear() {
            due.clear();
            frames.clear();
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
            Gathered collected = gather();
            FairShare.keep(collected.due, collected.frames, form(), allowance);
        }
        if (!all || leftOut > 0) {
            countServed();
        }
        if (!all) {
            onLeftOut();
        }
        send(frames, messages);
    }

    private void countServed() {
        turn++;
        for (Subscription subscription : delivered()) {
            mergedUpdates += subscription.isMerging() ? 1 : 0;
            subscription.servedIn(turn);
        }
    }

    private long collectedBytes() {
        long bytes = 0;
        for (int i = 0; i < frames.size(); i++) {
            bytes += frames.get(i).bytes(form()).readableBytes();
        }
        return bytes;
    }

    /** Called by a subscription. */
    final void leftOutChanged(int by) {
        leftOut += by;
    }

    /** Updates delivered that stood for several, because there was no room in between. */
    public final long mergedUpdates() {
        return mergedUpdates;
    }

    /** The subscription of each frame taken in this flush. */
    public final List<Subscription> delivered() {
        if (only != null) {
            return Collections.nCopies(frames.size(), only);
        }
        return gathered == null ? List.of() : gathered.due;
    }

    /** Forgets what was collected. */
    public final void clearCollected() {
        if (only == null && gathered != null) {
            gathered.clear();
        }
        only = null;
        frames = List.of();
    }
}
