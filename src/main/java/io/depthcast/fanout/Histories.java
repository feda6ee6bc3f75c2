package io.depthcast.fanout;

import io.depthcast.metrics.HistoryMeters;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.HistoryDeflater;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The histories of one gateway loop. One begins when enough clients have taken the same messages for some time, and ends when half
 * as many are left. Who comes to it, or has missed something, is sent the same messages deflated alone until those fill its window,
 * which has become the others' by then. One gateway loop; {@link #clear()} after each flush.
 */
final class Histories {
    /** For so many, a message deflated once more on this loop costs little beside the writes; {@code decisions.md}. */
    static final int LEAST_TAKERS = 32;
    /** So long it is watched who takes the same: with half as many, groups that differ begin histories now and then ({@code HistoryGroups}). */
    static final int SPAN_FLUSHES = 16;
    /** At a quarter of a megabyte each. */
    private static final int MAX_HISTORIES = 32;
    /** A history that is silent for so many flushes has lost its clients: two minutes, at an interval of at most one. */
    private static final int IDLE_FLUSHES = 6_000;

    private final ByteBufAllocator allocator;
    private final DeflateBudget budget;
    private final HistoryMeters meters;
    private final int leastTakers;
    private final int spanFlushes;
    private final List<History> all = new ArrayList<>();
    /** Of this span, by what they took in the last one. */
    private final IntObjectMap<Companions> companions = new IntObjectHashMap<>();
    /** Those who are sent a message of a history in this flush. */
    private final List<Companions> told = new ArrayList<>();

    private @Nullable HistoryDeflater anew;
    private int flush;
    private int span = 1;

    /**
     * @param leastTakers with fewer no history begins; {@link #LEAST_TAKERS} but in tests
     * @param spanFlushes so long they must have taken the same, at least 2; {@link #SPAN_FLUSHES} but in tests
     */
    Histories(
            ByteBufAllocator allocator, DeflateBudget budget, HistoryMeters meters, int leastTakers, int spanFlushes) {
        this.allocator = allocator;
        this.budget = budget;
        this.meters = meters;
        this.leastTakers = leastTakers;
        this.spanFlushes = spanFlushes;
    }

    /**
     * The message for one client as that of a history, owned by the caller; null if it is of none, and then the client's window
     * is unknown.
     *
     * @param key the same for the same frames in the same form
     */
    @Nullable
    ByteBuf message(long key, Form form, List<Frame> frames, ClientWindow window) {
        if (window.isNewIn(span)) {
            window.begin(span, companions(window.trail()));
        }
        window.goOn(key);
        Companions same = window.companions();
        HistoryMessage message = same == null ? null : message(same, form, frames, window);
        if (message == null || !message.says(form, frames)) {
            window.forget();
            return null;
        }
        // Whatever fails from here on ends the client.
        return message.to(window.take(message), allocator, anew());
    }

    /**
     * The message for clients that had a history when they asked and have none now, so that not all of the frames are in their
     * form; owned by the caller. It refers to nothing before, and if nothing more may be deflated it is not deflated at all.
     */
    ByteBuf alone(Form form, List<Frame> frames) {
        return budget.take(HistoryDeflater.plainBytes(form, frames))
                ? anew().alone(form, frames)
                : WebSocketMessage.of(allocator, form.plain(), frames);
    }

    private HistoryDeflater anew() {
        if (anew == null) {
            anew = new HistoryDeflater(allocator);
        }
        return anew;
    }

    /** Those with whom a client counts in this span. */
    private @Nullable Companions companions(int trail) {
        if (trail == 0) {
            return null;
        }
        Companions same = companions.get(trail);
        if (same == null) {
            same = new Companions(flush);
            companions.put(trail, same);
        }
        same.add();
        return same;
    }

    private @Nullable HistoryMessage message(Companions same, Form form, List<Frame> frames, ClientWindow window) {
        HistoryMessage message = same.message();
        if (message == null) {
            History history = window.current();
            boolean begins = history == null && same.areMany(leastTakers, flush) && mayBegin(form);
            if (history != null || begins) {
                message = next(history, form, frames);
                if (message != null) {
                    same.message(message);
                    told.add(same);
                }
            }
        }
        return message;
    }

    private boolean mayBegin(Form form) {
        return all.size() < MAX_HISTORIES && HistoryDeflater.serves(form);
    }

    /** @param before what the client has taken goes on with this; null if a history begins */
    private @Nullable HistoryMessage next(@Nullable History before, Form form, List<Frame> frames) {
        boolean isAllowed = Frame.allSay(frames, form) && budget.take(HistoryDeflater.plainBytes(form, frames));
        if (isAllowed) {
            return new HistoryMessage(before == null ? begin(form) : before, frames, flush);
        }
        if (before != null) {
            before.miss();
        }
        return null;
    }

    private History begin(Form form) {
        History begun = new History(allocator, form);
        all.add(begun);
        meters.began();
        return begun;
    }

    private void forgetEnded() {
        int before = all.size();
        all.removeIf(History::isEnded);
        meters.ended(before - all.size());
    }

    /** The flush is over. */
    void clear() {
        for (Companions each : told) {
            HistoryMessage message = each.message();
            if (message != null) {
                judge(each, message);
                message.release();
            }
            each.message(null);
        }
        told.clear();
        for (History each : all) {
            if (each.hasMissed(flush) || flush - each.flush() > IDLE_FLUSHES) {
                each.end();
            }
        }
        forgetEnded();
        flush++;
        if (flush % spanFlushes == 0) {
            span++;
            companions.clear();
        }
    }

    private void judge(Companions same, HistoryMessage message) {
        meters.sent(message.members(), message.newcomers());
        if (message.members() + message.newcomers() < leastTakers / 2) {
            message.history().end();
            same.part();
        } else if (message.newcomers() > message.members()) {
            // Cheaper for most than to wait until each of them has a window full.
            message.history().restart();
        }
    }

    /** Frees native memory. */
    void close() {
        clear();
        all.forEach(History::end);
        forgetEnded();
        if (anew != null) {
            anew.close();
            anew = null;
        }
    }
}
