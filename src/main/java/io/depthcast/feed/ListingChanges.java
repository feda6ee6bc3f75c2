package io.depthcast.feed;

import java.util.List;

/**
 * How a directory of instruments changed. Immutable.
 *
 * @param removed ids that are listed no more, to be taken away first: one may be listed anew
 * @param changed listings that are new or other than before
 */
public record ListingChanges(List<Integer> removed, List<Listing> changed) {
    public static final ListingChanges NONE = new ListingChanges(List.of(), List.of());

    public boolean isEmpty() {
        return removed.isEmpty() && changed.isEmpty();
    }
}
