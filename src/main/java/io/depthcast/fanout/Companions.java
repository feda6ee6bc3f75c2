package io.depthcast.fanout;

import org.jspecify.annotations.Nullable;

/**
 * Clients that took the same messages in the same order in the last span of flushes, and so are likely to go on with it. Who only
 * happens to take the same message now and then is not among them. One gateway loop.
 */
final class Companions {
    private final int flush;
    private int count;
    private @Nullable HistoryMessage message;

    /** @param flush number of the flush in which the first of them is counted */
    Companions(int flush) {
        this.flush = flush;
    }

    /** One more. */
    void add() {
        count++;
    }

    /** Whether there are so many, and were before this flush: who is counted in it may have been sent something already. */
    boolean areMany(int least, int inFlush) {
        return count >= least && flush != inFlush;
    }

    /** Few of them take the same any more: of these here no history begins again. */
    void part() {
        count = 0;
    }

    /** What they are sent in this flush; null if it is of no history. */
    @Nullable
    HistoryMessage message() {
        return message;
    }

    void message(@Nullable HistoryMessage ofFlush) {
        message = ofFlush;
    }
}
