package io.depthcast.fanout;

import io.depthcast.metrics.HistoryMeters;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.HistoryDeflater;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The histories of one gateway loop. One begins when enough clients take the same message, and ends when half as
 * many are left. Who comes to it, or has missed something, is sent the same messages deflated alone until those fill its window,
 * which has become the others' by then. One gateway loop; {@link #clear()} after each flush.
 */
final class Histories {
    /** For so many, a message deflated once more on this loop costs little beside the writes; {@code decisions.md}. */
    static final int LEAST_TAKERS = 32;
    /** At a quarter of a megabyte each. */
    private static final int MAX_HISTORIES = 32;
    /** A history that is silent for so many flushes has lost its clients: two minutes, at an interval of at most one. */
    private static final int IDLE_FLUSHES = 6_000;

    private final ByteBufAllocator allocator;
    private final DeflateBudget budget;
    private final HistoryMeters meters;
    private final int leastTakers;
    private final List<History> all = new ArrayList<>();
    /** Of this flush. */
    private final LongObjectMap<HistoryMessage> messages = new LongObjectHashMap<>();
    /** How many took in this flush what is of no history, up to as many as one needs: all of them numbers that need no object. */
    private final LongObjectMap<Integer> takers = new LongObjectHashMap<>();

    private @Nullable HistoryDeflater anew;
    private int flush;

    /** @param leastTakers with fewer no history begins; {@link #LEAST_TAKERS} but in tests */
    Histories(ByteBufAllocator allocator, DeflateBudget budget, HistoryMeters meters, int leastTakers) {
        this.allocator = allocator;
        this.budget = budget;
        this.meters = meters;
        this.leastTakers = leastTakers;
    }

    /**
     * The message for one client as that of a history, owned by the caller; null if it is of none, and then the client's window
     * is unknown.
     *
     * @param key the same for the same frames in the same form
     */
    @Nullable
    ByteBuf message(long key, Form form, List<Frame> frames, ClientWindow window) {
        HistoryMessage message = messages.get(key);
        if (message == null && HistoryDeflater.serves(form)) {
            message = next(key, form, frames, window);
        }
        if (message == null || !message.says(form, frames)) {
            window.forget();
            return null;
        }
        if (anew == null) {
            anew = new HistoryDeflater(allocator);
        }
        return message.to(window, allocator, anew);
    }

    /** What the client has taken goes on with this, or enough clients take this to begin with it. */
    private @Nullable HistoryMessage next(long key, Form form, List<Frame> frames, ClientWindow window) {
        History history = window.current();
        if (history == null) {
            int count = Math.min(takers.getOrDefault(key, 0) + 1, leastTakers);
            takers.put(key, (Integer) count);
            if (count < leastTakers || all.size() == MAX_HISTORIES) {
                return null;
            }
        }
        boolean isAllowed = Frame.allSay(frames, form) && budget.take(HistoryDeflater.plainBytes(form, frames));
        if (!isAllowed) {
            if (history != null) {
                history.miss();
            }
            return null;
        }
        if (history == null) {
            history = new History(allocator, form);
            all.add(history);
            meters.began();
        }
        HistoryMessage message = new HistoryMessage(history, frames, flush);
        messages.put(key, message);
        return message;
    }

    private void forgetEnded() {
        int before = all.size();
        all.removeIf(History::isEnded);
        meters.ended(before - all.size());
    }

    /** The flush is over. */
    void clear() {
        for (LongObjectMap.PrimitiveEntry<HistoryMessage> each : messages.entries()) {
            judge(each.value(), takers.getOrDefault(each.key(), 0));
            each.value().release();
        }
        messages.clear();
        takers.clear();
        for (History each : all) {
            if (each.hasMissed(flush) || flush - each.flush() > IDLE_FLUSHES) {
                each.end();
            }
        }
        flush++;
        forgetEnded();
    }

    /** @param others who were sent the same before it became a message of the history */
    private void judge(HistoryMessage message, int others) {
        meters.sent(message.members(), message.newcomers());
        if (message.members() + message.newcomers() + others < leastTakers / 2) {
            message.history().end();
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
