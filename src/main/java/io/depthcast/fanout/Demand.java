package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;

/** The gateway loops that wait to hear what changed in a stream since one version. Shard loop. */
final class Demand {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final Ask ask;
    private final List<LoopPort> loops = new ArrayList<>(1);
    private long nothingToldTick = NOT_YET;
    private long aheadTick = NOT_YET;
    private long retryTick = NOT_YET;
    private int forms;

    Demand(Ask ask) {
        this.ask = ask;
    }

    boolean isSameAs(Ask other) {
        return ask.version() == other.version()
                && ask.epoch() == other.epoch()
                && ask.dueTick() == other.dueTick()
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
    boolean isDue(FlushTurn turn) {
        long tick = turn.tick();
        long lastMultiple = tick - Math.floorMod(tick, ask.cadence());
        if (ask.dueTick() > tick
                || (ask.dueTick() == 0 && !turn.usual())
                || lastMultiple <= nothingToldTick
                || tick < retryTick) {
            return false;
        }
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).isReady()) {
                return true;
            }
        }
        return false;
    }

    void nothingToTell(long tick) {
        nothingToldTick = tick;
    }

    /** What is held is yet to come; returns whether that has been so for longer than it is waited for. */
    boolean isAheadForLong(FlushTurn turn) {
        if (aheadTick == NOT_YET) {
            aheadTick = turn.tick();
        }
        return turn.tick() - aheadTick >= turn.patience();
    }

    /** Those forms could not be made. */
    void failed(int failedForms, long tick) {
        forms = failedForms;
        retryTick = tick + FlushTurn.RETRY;
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
