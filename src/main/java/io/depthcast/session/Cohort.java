package io.depthcast.session;

import java.util.ArrayList;
import java.util.List;

/**
 * Subscriptions to one stream that hold the same version and wait for the same answer. The version is the cohort's: when all
 * its members take an answer it moves on as one, and nothing of them is touched. A subscription is in one cohort at most. One
 * gateway loop.
 */
public final class Cohort {
    private final List<Subscription> members = new ArrayList<>();
    private long epoch;
    private long version;

    /** What its members hold from now on. */
    public void moveTo(long newEpoch, long newVersion) {
        epoch = newEpoch;
        version = newVersion;
    }

    public long epoch() {
        return epoch;
    }

    public long version() {
        return version;
    }

    /** Takes in a subscription that waits nowhere and, but for one that has just taken its answer, holds this version. */
    public void add(Subscription subscription) {
        subscription.waitIn(this, members.size());
        members.add(subscription);
    }

    /** Puts the last one in its place. */
    void remove(int slot) {
        members.get(slot).waitIn(null, -1);
        Subscription last = members.remove(members.size() - 1);
        if (slot < members.size()) {
            members.set(slot, last);
            last.waitIn(this, slot);
        }
    }

    public Subscription get(int slot) {
        return members.get(slot);
    }

    public int size() {
        return members.size();
    }
}
