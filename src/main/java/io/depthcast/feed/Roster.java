package io.depthcast.feed;

import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The instruments that are listed, by id and by source, and which of them changed. Confined to one loop. */
final class Roster {
    private static final int INITIAL_CAPACITY = 64;

    /** An instrument; its state stays the same object as long as it is listed. */
    static final class Entry {
        private final InstrumentState state;
        private Listing listing;
        /** The rows up to this one are in its state already. */
        private long knownTo;

        Entry(Listing listing, boolean answers) {
            this.listing = listing;
            this.state = new InstrumentState(listing.instrument(), answers);
        }

        InstrumentState state() {
            return state;
        }

        Listing listing() {
            return listing;
        }

        boolean knows(long row) {
            return row <= knownTo;
        }
    }

    private final boolean answers;
    /** By id. */
    private @Nullable Entry[] byId = new Entry[INITIAL_CAPACITY];

    private int count;
    private final Map<Integer, List<Entry>> bySource = new HashMap<>();
    private final Set<Integer> changed = new LinkedHashSet<>();
    private final Set<Integer> removed = new LinkedHashSet<>();

    /** @param answers whether anybody will ask the books what changed */
    Roster(boolean answers) {
        this.answers = answers;
    }

    int count() {
        return count;
    }

    private @Nullable Entry entry(int id) {
        return id < byId.length ? byId[id] : null;
    }

    @Nullable
    InstrumentState state(int id) {
        Entry entry = entry(id);
        return entry == null ? null : entry.state;
    }

    @Nullable
    Listing listing(int id) {
        Entry entry = entry(id);
        return entry == null ? null : entry.listing;
    }

    List<Entry> ofSource(int source) {
        return bySource.getOrDefault(source, List.of());
    }

    /** Whether an instrument is as it was after that row, or a later one. */
    boolean knows(int id, long row) {
        Entry entry = entry(id);
        return entry != null && entry.knows(row);
    }

    /** Lists an instrument as it was after that row. */
    InstrumentState list(Listing listing, long knownTo) {
        InstrumentState state = list(listing);
        Objects.requireNonNull(entry(listing.id())).knownTo = knownTo;
        return state;
    }

    /** Ascending ids. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(count);
        for (Entry entry : byId) {
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    int staleCount() {
        int stale = 0;
        for (Entry entry : byId) {
            stale += entry != null && entry.listing.status() == InstrumentStatus.STALE ? 1 : 0;
        }
        return stale;
    }

    /** Ascending ids. */
    List<Listing> listings() {
        List<Listing> listings = new ArrayList<>(count);
        for (Entry entry : byId) {
            if (entry != null) {
                listings.add(entry.listing);
            }
        }
        return listings;
    }

    /** Lists an instrument, or lists it otherwise; its state. */
    InstrumentState list(Listing listing) {
        int id = listing.id();
        if (id >= byId.length) {
            byId = Arrays.copyOf(byId, Math.max(id + 1, 2 * byId.length));
        }
        Entry entry = byId[id];
        if (entry == null) {
            entry = new Entry(listing, answers);
            byId[id] = entry;
            count++;
            join(entry);
        } else if (entry.listing.equals(listing)) {
            return entry.state;
        } else if (entry.listing.source() == listing.source()) {
            entry.listing = listing;
        } else {
            leave(entry);
            entry.listing = listing;
            join(entry);
        }
        changed.add(id);
        return entry.state;
    }

    void remove(int id) {
        Entry entry = entry(id);
        if (entry != null) {
            byId[id] = null;
            count--;
            leave(entry);
            changed.remove(id);
            removed.add(id);
        }
    }

    ListingChanges takeChanges() {
        if (changed.isEmpty() && removed.isEmpty()) {
            return ListingChanges.NONE;
        }
        List<Listing> listings = new ArrayList<>(changed.size());
        for (int id : changed) {
            Listing listing = listing(id);
            if (listing != null) {
                listings.add(listing);
            }
        }
        ListingChanges changes = new ListingChanges(List.copyOf(removed), List.copyOf(listings));
        changed.clear();
        removed.clear();
        return changes;
    }

    private void join(Entry entry) {
        bySource.computeIfAbsent(entry.listing.source(), none -> new ArrayList<>())
                .add(entry);
    }

    private void leave(Entry entry) {
        List<Entry> others = bySource.get(entry.listing.source());
        if (others != null && others.remove(entry) && others.isEmpty()) {
            bySource.remove(entry.listing.source());
        }
    }
}
