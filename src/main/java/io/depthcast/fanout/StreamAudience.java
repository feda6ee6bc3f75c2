package io.depthcast.fanout;

import io.depthcast.session.Subscription;
import java.util.ArrayList;
import java.util.List;

/** Who on this gateway loop follows one stream, and what has been asked of its shard. One gateway loop. */
final class StreamAudience {
    private final List<Subscription> members = new ArrayList<>();
    private final List<Ask> outstanding = new ArrayList<>();

    void add(Subscription subscription) {
        subscription.slot(members.size());
        members.add(subscription);
    }

    void remove(Subscription subscription) {
        int slot = subscription.slot();
        Subscription last = members.remove(members.size() - 1);
        if (last != subscription) {
            members.set(slot, last);
            last.slot(slot);
        }
        subscription.slot(-1);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    List<Subscription> members() {
        return members;
    }

    /** Whether an answer is on its way that will settle this ask as well. */
    boolean isAsked(long epoch, long version, int form, long dueFlush) {
        for (int i = outstanding.size() - 1; i >= 0; i--) {
            Ask ask = outstanding.get(i);
            if (ask.version() == version
                    && ask.epoch() == epoch
                    && ask.dueFlush() == dueFlush
                    && (ask.forms() & form) != 0) {
                return true;
            }
        }
        return false;
    }

    void asked(Ask ask) {
        outstanding.add(ask);
    }

    /** Forgets the asks that an answer settles. */
    void answered(FrameBatch.Answer answer, long flush) {
        outstanding.removeIf(ask -> ask.version() == answer.version()
                && ask.epoch() == answer.epoch()
                && ask.dueFlush() <= flush
                && (ask.forms() & ~answer.forms()) == 0);
    }
}
