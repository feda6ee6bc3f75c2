package io.depthcast.fanout;

import io.depthcast.book.Instrument;
import io.depthcast.wire.ListedInstrument;
import java.util.List;

/**
 * What has become of the instruments, as whoever serves clients has to act on it. Immutable.
 *
 * @param removed listed no more, or listed anew under the same id
 * @param added not listed before, or removed before
 * @param redefined in other steps than before
 * @param switched of another status than before, redefined or not
 */
public record DirectoryChange(
        List<Instrument> removed,
        List<ListedInstrument> added,
        List<ListedInstrument> redefined,
        List<ListedInstrument> switched) {

    /** Whether what clients know of steps and symbols is no longer true. */
    public boolean isOfDefinitions() {
        return !removed.isEmpty() || !added.isEmpty() || !redefined.isEmpty();
    }
}
