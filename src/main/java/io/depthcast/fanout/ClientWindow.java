package io.depthcast.fanout;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the window of one client's inflater: since when everything deflated that it was sent has been of one
 * {@link History}; and who takes the same as this client. Absent of a client that keeps no window between two messages. One
 * gateway loop.
 */
public final class ClientWindow {
    /** 2^32 divided by the golden ratio. */
    private static final int GOLDEN_SECTION = 0x9E3779B9;

    private @Nullable History history;
    /** Number in the history of the message that it took last. */
    private long message;
    /** Bytes that the history had before the first message that it took without a gap. */
    private long since;

    private @Nullable Companions companions;
    private int span;
    /** Of the messages that it took in this span: the same for all who took these. */
    private int trail;

    /** It is sent something deflated of its own: nothing is known from now on. */
    public void forget() {
        history = null;
    }

    /** Whether it follows a history that goes on, so that what is sent to it alone had better not be deflated. */
    public boolean isKnown() {
        return history != null && !history.isEnded();
    }

    /** Whether this is the first message that it takes in a span. */
    boolean isNewIn(int now) {
        return span != now;
    }

    /** What it took in the last span in which it took anything; 0 if there was none. */
    int trail() {
        return trail;
    }

    /** @param same took the same in the last span; null if it took nothing yet */
    void begin(int now, @Nullable Companions same) {
        span = now;
        companions = same;
        trail = 0;
    }

    /** @param key the same for the same message */
    void goOn(long key) {
        trail = (trail ^ Long.hashCode(key)) * GOLDEN_SECTION;
        trail ^= trail >>> Short.SIZE;
    }

    @Nullable
    Companions companions() {
        return companions;
    }

    /** The history that it has taken the newest message of; null if there is none. */
    @Nullable
    History current() {
        return history != null && !history.isEnded() && message == history.messages() ? history : null;
    }

    /** Whether it has all that the next message of a history may refer to, so that it will need no frame deflated alone. */
    public boolean isFull() {
        History now = current();
        return now != null && since <= now.reach();
    }

    /** Whether it has all that a message refers to, which must be sent to it in any case, deflated. */
    boolean take(HistoryMessage next) {
        History from = next.history();
        if (history != from || message != next.number() - 1) {
            if (history != null && history != from) {
                history.miss();
            }
            history = from;
            since = next.bytesBefore();
        }
        message = next.number();
        return since <= next.reach();
    }
}
