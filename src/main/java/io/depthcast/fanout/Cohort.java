package io.depthcast.fanout;

import io.depthcast.wire.StreamKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Subscriptions to one stream that hold the same version and wait for the same answer, or have asked for none. When all its
 * members take an answer it moves on as one, and nothing of them is touched, for among thousands of clients they are out of
 * the processor's caches. A subscription is in one cohort at most. Used again and again. One gateway loop.
 */
final class Cohort extends Place {
    private static final int MIXED = 0;
    /** Due of those who have not asked. */
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Subscription> members = new ArrayList<>();
    /** One for each of them. */
    private final List<Subscriber> subscribers = new ArrayList<>();
    /** Of the ask. */
    private long dueTick;

    private int cadence;
    /** The forms asked and not answered yet. */
    private int forms;
    /** Of all members, or {@link #MIXED}. */
    private int pace;

    /** Holds that from now on, and is about to ask; see {@link Ask}. */
    void await(long epoch, long version, long newDueTick, int newCadence) {
        moveTo(epoch, version);
        dueTick = newDueTick;
        cadence = newCadence;
        forms = 0;
    }

    /** Holds that from now on and asks for nothing. */
    void rest(long epoch, long version) {
        await(epoch, version, NEVER, 1);
    }

    @Override
    boolean isAsked() {
        return dueTick != NEVER;
    }

    boolean isAwaiting(long epoch, long version, long askedDueTick, int askedCadence) {
        return isAt(epoch, version) && dueTick == askedDueTick && cadence == askedCadence;
    }

    boolean isResting(long epoch, long version) {
        return isAt(epoch, version) && !isAsked();
    }

    /** Returns those of the forms that have to be asked for, and takes them as asked. */
    int unasked(int needed) {
        int unasked = needed & ~forms;
        forms |= needed;
        return unasked;
    }

    /** Whether an ask of its is out. */
    boolean isUnanswered() {
        return forms != 0;
    }

    void answered(int answeredForms) {
        forms &= ~answeredForms;
    }

    /** @param askForms 0 to withdraw it */
    Ask ask(StreamKey key, int askForms) {
        return new Ask(key, epoch(), version(), askForms, dueTick, cadence);
    }

    /** Whether its members are all of the same pace. */
    boolean isOfOnePace() {
        return pace != MIXED;
    }

    /** Takes in a subscription that waits nowhere and holds this version. */
    void add(Subscriber subscriber, Subscription subscription) {
        int own = subscription.cadence();
        pace = members.isEmpty() || pace == own ? own : MIXED;
        subscription.waitIn(this, members.size());
        members.add(subscription);
        subscribers.add(subscriber);
    }

    /** Puts the last one in its place. */
    @Override
    void remove(int slot) {
        Subscription last = members.remove(members.size() - 1);
        Subscriber lasts = subscribers.remove(subscribers.size() - 1);
        if (slot < members.size()) {
            members.set(slot, last);
            subscribers.set(slot, lasts);
            last.waitIn(this, slot);
        }
    }

    Subscription get(int slot) {
        return members.get(slot);
    }

    Subscriber subscriber(int slot) {
        return subscribers.get(slot);
    }

    int size() {
        return members.size();
    }
}
