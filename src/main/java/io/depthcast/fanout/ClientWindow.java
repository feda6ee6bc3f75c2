package io.depthcast.fanout;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the window of one client's inflater: since when everything deflated that it was sent has been of one
 * {@link History}. Absent of a client that keeps no window between two messages. One gateway loop.
 */
public final class ClientWindow {
    private @Nullable History history;
    /** Number in the history of the message that it took last. */
    private long message;
    /** Bytes that the history had before the first message that it took without a gap. */
    private long since;

    /** It is sent something deflated of its own: nothing is known from now on. */
    public void forget() {
        history = null;
    }

    /** Whether it follows a history that goes on, so that what is sent to it alone had better not be deflated. */
    public boolean isKnown() {
        return history != null && !history.isEnded();
    }

    /** The history that it has taken the newest message of; null if there is none. */
    @Nullable
    History current() {
        return history != null && !history.isEnded() && message == history.messages() ? history : null;
    }

    /** Whether it has all that a message refers to, which must be sent to it in any case, deflated. */
    boolean take(History from, long number, long bytesBefore, long reach) {
        if (history != from || message != number - 1) {
            history = from;
            since = bytesBefore;
        }
        message = number;
        return since <= reach;
    }
}
