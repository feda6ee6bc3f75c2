package io.depthcast.book;

import org.jspecify.annotations.Nullable;

/**
 * The same as a view, told as the difference however long it is, and so that it also fits whoever took the view at any
 * version in between; a snapshot only to whom holds what is not known.
 */
record BookDifferences(DepthView view) implements Versioned<BookUpdate> {
    @Override
    public long epoch() {
        return view.epoch();
    }

    @Override
    public long version() {
        return view.version();
    }

    @Override
    public @Nullable BookUpdate since(long epoch, long heldVersion) {
        boolean sameEpoch = epoch == epoch();
        if (version() == 0 || (sameEpoch && heldVersion == version())) {
            return null;
        }
        return view.difference(sameEpoch && heldVersion < version() ? heldVersion : 0);
    }
}
