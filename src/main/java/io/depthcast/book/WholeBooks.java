package io.depthcast.book;

import org.jspecify.annotations.Nullable;

/** The same as a view, told whole each time. */
record WholeBooks(DepthView view) implements Versioned<BookUpdate> {
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
        return version() == 0 || isHeld ? null : view.snapshot();
    }
}
