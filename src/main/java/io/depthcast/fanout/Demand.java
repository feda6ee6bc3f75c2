package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;

/** The gateway loops that wait to hear what changed in a stream since one version. Shard loop. */
final class Demand {
    private final Ask ask;
    private final List<LoopPort> loops = new ArrayList<>(1);
    private long fromEpoch;
    private long fromVersion;
    private long nothingToldFlush = Long.MIN_VALUE;
    private int forms;

    Demand(Ask ask) {
        this.ask = ask;
        this.fromEpoch = ask.epoch();
        this.fromVersion = ask.version();
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
        if (ask.dueFlush() > flush || lastMultiple <= nothingToldFlush) {
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

    /** Tells the waiting loops only what comes after that version. */
    void startFrom(long epoch, long version) {
        fromEpoch = epoch;
        fromVersion = version;
    }

    Ask ask() {
        return ask;
    }

    long fromEpoch() {
        return fromEpoch;
    }

    long fromVersion() {
        return fromVersion;
    }

    int forms() {
        return forms;
    }

    /** Takes out the loops that are ready; returns them. */
    List<LoopPort> takeReady() {
        List<LoopPort> ready = new ArrayList<>(loops.size());
        for (LoopPort loop : loops) {
            if (loop.isReady()) {
                ready.add(loop);
            }
        }
        loops.removeAll(ready);
        return ready;
    }

    boolean isSettled() {
        return loops.isEmpty();
    }

    void forget(LoopPort loop) {
        loops.remove(loop);
    }
}
