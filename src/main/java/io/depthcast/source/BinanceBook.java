package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One book, spliced of a snapshot and the changes of the stream as the exchange documents it: changes wait until there is a
 * snapshot that they go on from; those that it includes are dropped, whether they came before it or after; from then on each
 * has to follow the one before. Feed loop only.
 */
final class BinanceBook {
    /** What is to be done after a call. */
    enum Next {
        /** Nothing: the book is good, or waits for what is on its way. */
        GO_ON,
        /** Ask for a snapshot. */
        ASK,
        /** What the exchange says cannot be told: its steps may have changed. */
        BEGIN_ANEW
    }

    /** Beyond so many changes without a snapshot the oldest would be too old for any. */
    private static final int MAX_WAITING = 3_000;

    private final String symbol;
    private final Door door;
    private final Queue<Diff> waiting = new ArrayDeque<>();
    private boolean isSpliced;
    private long lastUpdateId;
    private @Nullable Refusal refusal;

    /** A change that waits for a snapshot. */
    private record Diff(long first, long last, LevelChanges bids, LevelChanges asks, long timeMicros) {}

    /** @param symbol as ours, defined at the door already */
    BinanceBook(String symbol, Door door) {
        this.symbol = symbol;
        this.door = door;
    }

    boolean isSpliced() {
        return isSpliced;
    }

    long lastUpdateId() {
        return lastUpdateId;
    }

    /** What the door said of the last call, null if it took all. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /**
     * A change.
     *
     * @param first number of the first update that it includes
     * @param bids borrowed
     */
    Next change(long first, long last, LevelChanges bids, LevelChanges asks, long timeMicros) {
        refusal = null;
        if (!isSpliced) {
            if (waiting.size() == MAX_WAITING) {
                waiting.remove();
            }
            waiting.add(new Diff(first, last, copy(bids), copy(asks), timeMicros));
            return Next.GO_ON;
        }
        if (last <= lastUpdateId) {
            return Next.GO_ON;
        }
        if (first > lastUpdateId + 1) {
            lose();
            waiting.add(new Diff(first, last, copy(bids), copy(asks), timeMicros));
            return Next.ASK;
        }
        return tell(last, bids, asks, timeMicros);
    }

    /** A snapshot that was asked for; its sides are borrowed. */
    Next snapshot(long updateId, LevelChanges bids, LevelChanges asks, long timeMicros) {
        refusal = null;
        waiting.removeIf(diff -> diff.last() <= updateId);
        Diff next = waiting.peek();
        if (next != null && next.first() > updateId + 1) {
            // Older than what the stream began with, so what is between is lost.
            return Next.ASK;
        }
        refusal = door.snapshot(symbol, bids, asks, timeMicros);
        if (refusal != null) {
            return Next.BEGIN_ANEW;
        }
        isSpliced = true;
        lastUpdateId = updateId;
        Next outcome = Next.GO_ON;
        while (outcome == Next.GO_ON && !waiting.isEmpty()) {
            Diff diff = waiting.remove();
            outcome = change(diff.first(), diff.last(), diff.bids(), diff.asks(), diff.timeMicros());
        }
        return outcome;
    }

    private Next tell(long last, LevelChanges bids, LevelChanges asks, long timeMicros) {
        refusal = door.update(symbol, bids, asks, timeMicros);
        if (refusal == null) {
            lastUpdateId = last;
            return Next.GO_ON;
        }
        lose();
        return refusal.code() == Refusal.Code.NO_SNAPSHOT ? Next.ASK : Next.BEGIN_ANEW;
    }

    /** The book is not good any more. */
    void lose() {
        isSpliced = false;
        waiting.clear();
        door.disconnected();
    }

    private static LevelChanges copy(LevelChanges changes) {
        LevelChanges copy = new LevelChanges();
        for (int i = 0; i < changes.count(); i++) {
            copy.add(changes.priceTicks(i), changes.sizeLots(i));
        }
        return copy;
    }
}
