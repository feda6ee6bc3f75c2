package io.depthcast.book;

import org.jspecify.annotations.Nullable;

/** The best levels of a book as a stream, with the version and time of the last event that changed one of them. */
abstract class BookView<T> implements Versioned<T> {
    final OrderBook book;
    private long version;
    private long timeMicros;

    BookView(OrderBook book) {
        this.book = book;
    }

    ViewStamp stamp() {
        return new ViewStamp(version, timeMicros);
    }

    void changed(long newVersion, long newTimeMicros) {
        version = newVersion;
        timeMicros = newTimeMicros;
    }

    void changed(ViewStamp stamp) {
        changed(stamp.version(), stamp.timeMicros());
    }

    @Override
    public long epoch() {
        return book.epoch();
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public @Nullable T since(long epoch, long heldVersion) {
        boolean sameEpoch = epoch == book.epoch();
        if (version == 0 || (sameEpoch && heldVersion == version)) {
            return null;
        }
        return changes(sameEpoch && heldVersion < version ? heldVersion : 0);
    }

    /** When the last change happened, microseconds since 1970. */
    long timeMicros() {
        return timeMicros;
    }

    /** @param heldVersion older than the view's, or 0 if the holder knows nothing of this epoch */
    abstract T changes(long heldVersion);
}
