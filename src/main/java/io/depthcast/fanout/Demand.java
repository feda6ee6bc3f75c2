package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;

/** The gateway loops that wait to hear what changed in a stream since one version. Shard loop. */
final class Demand {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final Ask ask;
    private final List<LoopPort> loops = new ArrayList<>(1);
    private long nothingToldFlush = NOT_YET;
    private long aheadFlush = NOT_YET;
    private long retryFlush = NOT_YET;
    private int forms;

    Demand(Ask ask) {
        this.ask = ask;
    }

    boolean isSameAs(Ask other) {
        return ask.version() == other.version()
                && ask.epoch() == other.epoch()
                && ask.dueFlush() == other.dueFlush()
                && ask.cadence() == other.cadence();
    }

    void add(LoopPort loop, int moreForms) {
        forms |= moreForms;
        if (!loops.contains(loop)) {
            loops.add(loop);
        }
    }

    /**
     * Due, and wanted by a loop that has taken its last batch. Once there was nothing to tell, a multiple of the cadence has
     * to pass: so whoever has one interval stays in step, and gets no two updates in less.
     */
    boolean isDue(long flush) {
        long lastMultiple = flush - Math.floorMod(flush, ask.cadence());
        if (ask.dueFlush() > flush || lastMultiple <= nothingToldFlush || flush < retryFlush) {
            return false;
        }
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).isReady()) {
                return true;
            }
        }
        return false;
    }

    void nothingToTell(long flush) {
        nothingToldFlush = flush;
    }

    /** What is held is yet to come; returns whether that has been so for longer than it is waited for. */
    boolean isAheadForLong(FlushTurn turn) {
        if (aheadFlush == NOT_YET) {
            aheadFlush = turn.number();
        }
        return turn.number() - aheadFlush >= turn.patience();
    }

    /** Those forms could not be made. */
    void failed(int failedForms, long flush) {
        forms = failedForms;
        retryFlush = flush + FlushTurn.RETRY;
    }

    Ask ask() {
        return ask;
    }

    int forms() {
        return forms;
    }

    /** The loops that may be sent an answer. */
    List<LoopPort> ready() {
        List<LoopPort> ready = new ArrayList<>(loops.size());
        for (LoopPort loop : loops) {
            if (loop.isReady()) {
                ready.add(loop);
            }
        }
        return ready;
    }

    /** The loops that are ready have their answer. */
    void answered() {
        loops.removeIf(LoopPort::isReady);
    }

    boolean isSettled() {
        return loops.isEmpty();
    }

    void forget(LoopPort loop) {
        loops.remove(loop);
    }
}
