package io.depthcast.journal;

import org.jspecify.annotations.Nullable;

/**
 * The log of a feed beyond this process: records in one order that is the same for all, and beside it the latest state of
 * each key. Whoever keeps it may lose a record and say so, may be late, and may append one that it said it had lost; it
 * never changes the order of what was read, nor appends a record twice.
 */
public interface Journal extends AutoCloseable {
    /** What became of something that was to be written. Called on a thread of the journal's, exactly once. */
    interface Outcome {
        /** @param failure null if it is written for good; else it may or may not be */
        void done(@Nullable String failure);
    }

    /** Appends a record behind all that were given before it. Never blocks. Any thread. */
    void append(byte[] bytes, Outcome outcome);

    /**
     * Replaces the state of a key, in the order of the calls. Never blocks. Any thread.
     *
     * @param state null if the key has none any more
     */
    void keep(String key, byte @Nullable [] state, Outcome outcome);

    /** Somebody who reads; for one thread, which may have to wait. */
    JournalReader reader();

    /** Ends what it has begun. May wait for a second. */
    @Override
    void close();
}
