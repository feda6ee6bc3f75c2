package io.depthcast.fanout;

import io.depthcast.feed.Listing;
import io.depthcast.feed.ListingChanges;
import io.depthcast.wire.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A gateway loop as a shard sees it: where it is, whether it has taken the last batch, and the next one. Shard loop. */
final class LoopPort {
    private final String address;
    private List<FrameBatch.Answer> answers = new ArrayList<>();
    private final Map<Integer, Listing> changed = new LinkedHashMap<>();
    private final Set<Integer> removed = new LinkedHashSet<>();
    /** Whether it has been told what is listed. */
    private boolean introduced;

    private boolean busy;
    private int stretch = 1;

    /** @param listings all of the shard */
    LoopPort(String address, List<Listing> listings) {
        this.address = address;
        listings.forEach(listing -> changed.put(listing.id(), listing));
    }

    String address() {
        return address;
    }

    /** Whether the loop may be sent a batch. */
    boolean isReady() {
        return !busy;
    }

    /** Ticks from one flush of the loop to the next. */
    int stretch() {
        return stretch;
    }

    void stretch(int ticks) {
        stretch = ticks;
    }

    void taken() {
        busy = false;
    }

    void add(FrameBatch.Answer answer) {
        answers.add(answer);
    }

    /** What is removed and listed anew before the loop hears of it is both. */
    void add(ListingChanges changes) {
        for (int id : changes.removed()) {
            changed.remove(id);
            removed.add(id);
        }
        changes.changed().forEach(listing -> changed.put(listing.id(), listing));
    }

    boolean hasNews() {
        return !introduced || !answers.isEmpty() || !changed.isEmpty() || !removed.isEmpty();
    }

    /** What was added since the last call; the loop is busy until it has taken it. */
    FrameBatch take(int shard, long oldestEventNanos, Version newest) {
        ListingChanges changes = changed.isEmpty() && removed.isEmpty()
                ? ListingChanges.NONE
                : new ListingChanges(List.copyOf(removed), List.copyOf(changed.values()));
        FrameBatch batch = new FrameBatch(shard, oldestEventNanos, newest, changes, answers);
        answers = new ArrayList<>();
        changed.clear();
        removed.clear();
        introduced = true;
        busy = true;
        return batch;
    }
}
