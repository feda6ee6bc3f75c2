package io.depthcast.book;

import org.jspecify.annotations.Nullable;

/**
 * The same as a view, told as the difference however long it is, and so that it also fits whoever took the view at any
 * version in between; a snapshot only to whom holds what is not known. Also told so is the book of another epoch, to whom
 * holds that of the one before: its {@link BookUpdate#previous} is then negative, what was held as this epoch would count it.
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
        boolean isHeld = epoch == epoch() && heldVersion == version();
        return version() == 0 || isHeld ? null : view.difference(epoch, heldVersion);
    }
}
