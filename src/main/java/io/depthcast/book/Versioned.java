package io.depthcast.book;

import org.jspecify.annotations.Nullable;

/** A stream of one instrument that can tell anybody what changed since the version they hold. */
public interface Versioned<T> {
    /** The feed's start in microseconds since 1970; 0 before the first snapshot. Versions of different epochs are not comparable. */
    long epoch();

    /** Version of the last change; 0 before the first, when there is nothing to tell. */
    long version();

    /**
     * What a holder of that version has to be told, or null if nothing. Told or not, it then holds {@link #version()} of
     * {@link #epoch()}. Whoever holds nothing asks with epoch 0 and version 0.
     */
    @Nullable
    T since(long epoch, long version);
}
