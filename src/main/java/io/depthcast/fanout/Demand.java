package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;

/** The gateway loops that wait to hear what changed in a stream since one version. Shard loop. */
final class Demand {
    private final long askedEpoch;
    private final long askedVersion;
    private final long dueFlush;
    private final List<LoopPort> loops = new ArrayList<>(1);
    private long fromEpoch;
    private long fromVersion;
    private int forms;

    Demand(Ask ask) {
        this.askedEpoch = ask.epoch();
        this.askedVersion = ask.version();
        this.dueFlush = ask.dueFlush();
        this.fromEpoch = ask.epoch();
        this.fromVersion = ask.version();
    }

    boolean isSameAs(Ask ask) {
        return askedVersion == ask.version() && askedEpoch == ask.epoch() && dueFlush == ask.dueFlush();
    }

    void add(LoopPort loop, int moreForms) {
        forms |= moreForms;
        if (!loops.contains(loop)) {
            loops.add(loop);
        }
    }

    /** Due, and wanted by a loop that has taken its last batch. */
    boolean isDue(long flush) {
        if (dueFlush > flush) {
            return false;
        }
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).isReady()) {
                return true;
            }
        }
        return false;
    }

    /** Tells the waiting loops only what comes after that version. */
    void startFrom(long epoch, long version) {
        fromEpoch = epoch;
        fromVersion = version;
    }

    long askedEpoch() {
        return askedEpoch;
    }

    long askedVersion() {
        return askedVersion;
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
