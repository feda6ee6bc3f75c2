package io.depthcast.session;

import java.util.ArrayList;
import java.util.List;

/** Subscriptions to one stream that wait for the same answer. A subscription is in one list at most. One gateway loop. */
public final class WaitingList {
    private final List<Subscription> members = new ArrayList<>();

    /** Takes in a subscription that waits nowhere. */
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
