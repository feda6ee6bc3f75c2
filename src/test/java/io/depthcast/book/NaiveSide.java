package io.depthcast.book;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One side of a depth view as it was after every event: what the fast one has to agree with. */
final class NaiveSide {
    private final int depth;
    private final TreeMap<Long, SortedMap<Long, Long>> states = new TreeMap<>();
    private final TreeMap<Long, Set<Long>> touched = new TreeMap<>();

    NaiveSide(int depth) {
        this.depth = depth;
    }

    /** @return whether the best levels differ from the last remembered ones */
    boolean remember(long version, SortedMap<Long, Long> all) {
        SortedMap<Long, Long> state = new TreeMap<>(all.comparator());
        for (Map.Entry<Long, Long> level : all.entrySet()) {
            if (state.size() == depth) {
                break;
            }
            state.put(level.getKey(), level.getValue());
        }
        SortedMap<Long, Long> last = states.isEmpty()
                ? Collections.emptySortedMap()
                : states.lastEntry().getValue();
        states.put(version, state);
        Set<Long> differing = new HashSet<>(last.keySet());
        differing.addAll(state.keySet());
        differing.removeIf(price -> last.containsKey(price) && last.get(price).equals(state.get(price)));
        if (!differing.isEmpty()) {
            touched.put(version, differing);
        }
        return !differing.isEmpty();
    }

    SortedMap<Long, Long> at(long version) {
        return states.floorEntry(version).getValue();
    }

    SortedMap<Long, Long> now() {
        return states.lastEntry().getValue();
    }

    /** Every price of now or then at which anything happened since. */
    Levels since(long version) {
        SortedMap<Long, Long> now = now();
        SortedMap<Long, Long> then = at(version);
        Set<Long> prices = new TreeSet<>(now.comparator());
        touched.tailMap(version, false).values().forEach(prices::addAll);
        SortedMap<Long, Long> changes = new TreeMap<>(now.comparator());
        for (long price : prices) {
            if (now.containsKey(price) || then.containsKey(price)) {
                changes.put(price, now.getOrDefault(price, 0L));
            }
        }
        return levels(changes);
    }

    static Levels levels(SortedMap<Long, Long> state) {
        long[] prices = state.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] sizes = state.values().stream().mapToLong(Long::longValue).toArray();
        return new Levels(prices, sizes);
    }
}
