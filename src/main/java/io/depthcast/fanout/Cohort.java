package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;

/**
 * Subscriptions to one stream that hold the same version and wait for the same answer. The version is the cohort's: when all
 * its members take an answer it moves on as one, and nothing of them is touched, for among thousands of clients they are out
 * of the processor's caches. A subscription is in one cohort at most. One gateway loop.
 */
public final class Cohort {
    private static final int MIXED = 0;

    private final List<Subscription> members = new ArrayList<>();
    /** One for each of them. */
    private final List<Subscriber> subscribers = new ArrayList<>();

    private long epoch;
    private long version;
    private long formerEpoch;
    private long formerVersion;
    private int moves;
    private int cadence;

    /** What its members hold from now on. */
    public void moveTo(long newEpoch, long newVersion) {
        formerEpoch = epoch;
        formerVersion = version;
        epoch = newEpoch;
        version = newVersion;
        moves++;
    }

    /** What they held before. */
    long formerEpoch() {
        return formerEpoch;
    }

    long formerVersion() {
        return formerVersion;
    }

    /** How often it has moved. */
    int moves() {
        return moves;
    }

    /** Whether its members are all of the same pace. */
    public boolean isOfOnePace() {
        return cadence != MIXED;
    }

    public long epoch() {
        return epoch;
    }

    public long version() {
        return version;
    }

    /** Takes in a subscription that waits nowhere and, but for one that has just taken its answer, holds this version. */
    public void add(Subscription subscription) {
        int own = subscription.cadence();
        cadence = members.isEmpty() || cadence == own ? own : MIXED;
        subscription.waitIn(this, members.size());
        members.add(subscription);
        subscribers.add(subscription.subscriber());
    }

    /** Puts the last one in its place. */
    void remove(int slot) {
        members.get(slot).waitNowhere();
        Subscription last = members.remove(members.size() - 1);
        Subscriber lasts = subscribers.remove(subscribers.size() - 1);
        if (slot < members.size()) {
            members.set(slot, last);
            subscribers.set(slot, lasts);
            last.moveToSlot(slot);
        }
    }

    public Subscription get(int slot) {
        return members.get(slot);
    }

    public Subscriber subscriber(int slot) {
        return subscribers.get(slot);
    }

    public int size() {
        return members.size();
    }
}
