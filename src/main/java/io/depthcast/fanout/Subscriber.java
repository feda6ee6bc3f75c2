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

    private @Nullable Subscription only;
    private FrameBatch.@Nullable Answer answer;
    private int turn;
    /** Subscriptions for which there was no room the last time. */
    private int leftOut;

    private long mergedUpdates;

    /** What the log calls it; a session has the name that its client was told. */
    public String id() {
        return "none";
    }

    public abstract Form form();

    /** The forms of which it can take any, as bits; {@link #form()} is one of them. */
    protected int takenForms() {
        return form().bit();
    }

    /** Those of them in which the next answer had better be, while it takes what everybody takes. */
    protected int wantedForms() {
        return form().bit();
    }

    /** Whether data that is due may be sent now. */
    public abstract boolean hasRoom(long nowNanos);

    /** Data was due and there is no room: the subscriber stays at its versions and asks later, not now. */
    public void onNoRoom() {}

    /** Bytes that the next message may have; what is beyond waits, but for the first frame. */
    protected int allowanceBytes() {
        return Integer.MAX_VALUE;
    }

    /** After a message: whether to ask at once what changes next. If not, the subscriber asks when it has room again. */
    public boolean keepsUp() {
        return true;
    }

    /** Some of what was collected did not fit; its subscriptions stay at their versions and ask for nothing. */
    protected void onLeftOut() {}

    /**
     * Sends the frames, borrowed for the call, as one message. Called only if {@link #hasRoom}; the subscriptions hold the
     * frames' versions already. Nothing may be joined, left or asked meanwhile.
     */
    protected abstract void send(List<Frame> frames, MessageCache messages);

    /** Sending failed for a reason of the gateway's own: ends this subscriber, when all others have been served. */
    public abstract void onFailure();

    /** Returns true if these are the first frames of this flush. */
    final boolean collect(Subscription subscription, FrameBatch.Answer some) {
        boolean first = !hasCollected();
        if (first) {
            only = subscription;
            answer = some;
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
        if (only != null && answer != null) {
            gathered.add(only, answer);
            only = null;
            answer = null;
        }
        return gathered;
    }

    private static final class Gathered {
        private final List<Subscription> due = new ArrayList<>();
        /** One for each of them. */
        private final List<FrameBatch.Answer> answers = new ArrayList<>();
        /** One for each of them. */
        private final List<Frame> frames = new ArrayList<>();

        void add(Subscription subscription, FrameBatch.Answer answer) {
            for (int i = 0; i < answer.frames().size(); i++) {
                due.add(subscription);
                answers.add(answer);
                frames.add(answer.frames().get(i));
            }
        }

        void clear() {
            due.clear();
            answers.clear();
            frames.clear();
        }
    }

    /** Whether something was collected in this flush, so that there is room. */
    final boolean hasCollected() {
        return answer != null || (gathered != null && !gathered.frames.isEmpty());
    }

    private List<Frame> frames() {
        if (answer != null) {
            return answer.frames();
        }
        return gathered == null ? List.of() : gathered.frames;
    }

    /** Sends what was collected, as one message; returns what does not fit, to be given back. */
    final List<FairShare.Share> deliver(MessageCache messages) {
        int allowance = allowanceBytes();
        List<FairShare.Share> others = List.of();
        if (Frame.mostBytes(frames(), form()) > allowance) {
            Gathered collected = gather();
            others = FairShare.keep(collected.due, collected.answers, collected.frames, form(), allowance);
        }
        if (!others.isEmpty() || leftOut > 0) {
            countServed();
        }
        if (!others.isEmpty()) {
            onLeftOut();
        }
        send(frames(), messages);
        return others;
    }

    private void countServed() {
        turn++;
        if (only != null && answer != null) {
            countServed(only, answer);
        } else if (gathered != null) {
            for (int i = 0; i < gathered.due.size(); i++) {
                countServed(gathered.due.get(i), gathered.answers.get(i));
            }
        }
    }

    private void countServed(Subscription subscription, FrameBatch.Answer served) {
        boolean holdsSomething = served.ask().epoch() != 0;
        mergedUpdates += subscription.isLeftOut() && holdsSomething ? 1 : 0;
        subscription.servedIn(turn);
        leftOut(subscription, false);
    }

    /** Notes whether there was room for a subscription of this subscriber. */
    final void leftOut(Subscription subscription, boolean now) {
        if (subscription.leftOut(now)) {
            leftOut += now ? 1 : -1;
        }
    }

    /** Counts as left out what was delivered last, for the next of it will stand for several. */
    protected final void leaveOutDelivered() {
        for (Subscription subscription : delivered()) {
            leftOut(subscription, true);
        }
    }

    /** Updates delivered that stood for several, because there was no room in between. */
    public final long mergedUpdates() {
        return mergedUpdates;
    }

    /** The subscription of each frame taken in this flush. */
    public final List<Subscription> delivered() {
        if (only != null) {
            return Collections.nCopies(frames().size(), only);
        }
        return gathered == null ? List.of() : gathered.due;
    }

    /** Forgets what was collected. */
    final void clearCollected() {
        if (only == null && gathered != null) {
            gathered.clear();
        }
        only = null;
        answer = null;
    }
}
