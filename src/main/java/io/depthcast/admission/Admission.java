package io.depthcast.admission;

import io.depthcast.limit.Address;
import io.depthcast.limit.TokenBucket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect: counts connections and handshakes by address, connections by the subject of a token and for the node. An address is remembered only while it
 * has connections or its bucket is not yet full again, so the table is no larger than the node's connections and the
 * newest handshakes, and never above {@link #MAX_ADDRESSES}. One thread; time is monotonic.
 */
public final class Admission {
    /** Addresses: at some 200 bytes each this is all that somebody with many of them can make us remember. */
    static final int MAX_ADDRESSES = 200_000;

    private final long heapBytes;
    private final int processors;
    private final CrowdBudget crowd;
    private final Map<Address, Entry> addresses = new HashMap<>();
    private final Map<String, LoopCount> subjects = new HashMap<>();
    private AdmissionSettings settings;
    private int connections;
    private boolean draining;

    /**
     * @param heapBytes the largest size of the heap
     * @param processors of this node
     */
    public Admission(AdmissionSettings settings, long heapBytes, int processors, long nowNanos) {
        this.settings = settings;
        this.heapBytes = heapBytes;
        this.processors = processors;
        this.crowd = new CrowdBudget(settings.handshakes(processors), nowNanos);
    }

    /** Holds those that ask from now on to these; nobody who is here has to go. */
    public void take(AdmissionSettings changed, long nowNanos) {
        settings = changed;
        crowd.setRate(changed.handshakes(processors), nowNanos);
        for (Entry entry : addresses.values()) {
            entry.handshakes.setRate(changed.handshakesPerSecond(), changed.handshakeBurst(), nowNanos);
        }
    }

    /**
     * Asks for one connection.
     *
     * @param loop who asks, from 0 on; see {@link #leave}
     */
    public Verdict ask(int loop, Address address, long nowNanos) {
        if (draining) {
            return Verdict.DRAINING;
        }
        if (connections >= settings.connections(heapBytes)) {
            return Verdict.FULL;
        }
        Entry entry = entry(address.block(), nowNanos);
        if (entry == null) {
            return Verdict.FULL;
        }
        if (!settings.isExempt(address)) {
            if (!entry.handshakes.tryTake(1, nowNanos)) {
                return Verdict.TOO_MANY_HANDSHAKES;
            }
            if (entry.connections.total() >= settings.connectionsPerAddress()) {
                return Verdict.TOO_MANY_CONNECTIONS;
            }
        }
        if (!crowd.tryPass(nowNanos)) {
            return Verdict.CROWDED;
        }
        entry.connections.add(loop, 1);
        connections++;
        return Verdict.ADMITTED;
    }

    /** When one who was {@link Verdict#CROWDED} out may come back; in seconds, 1 to 30. */
    int promiseSeconds(long nowNanos) {
        return crowd.promiseSeconds(nowNanos);
    }

    private @Nullable Entry entry(Address block, long nowNanos) {
        Entry known = addresses.get(block);
        if (known != null) {
            return known;
        }
        if (addresses.size() >= MAX_ADDRESSES) {
            return null;
        }
        Entry entry = new Entry(new TokenBucket(settings.handshakesPerSecond(), settings.handshakeBurst(), nowNanos));
        addresses.put(block, entry);
        return entry;
    }

    /** Takes one admitted connection back. */
    public void depart(int loop, Address address) {
        Entry entry = addresses.get(address.block());
        if (entry != null && entry.connections.of(loop) > 0) {
            entry.connections.add(loop, -1);
            connections--;
        }
    }

    /** Counts an admitted connection for the subject of its token; returns whether the subject may have one more. */
    public boolean askFor(String subject, int loop) {
        LoopCount held = subjects.computeIfAbsent(subject, first -> new LoopCount());
        if (held.total() >= settings.connectionsPerSubject()) {
            return false;
        }
        held.add(loop, 1);
        return true;
    }

    /** Takes back one connection that {@link #askFor} has counted. */
    public void departFrom(String subject, int loop) {
        LoopCount held = subjects.get(subject);
        if (held != null && held.of(loop) > 0) {
            held.add(loop, -1);
            if (held.total() == 0) {
                subjects.remove(subject);
            }
        }
    }

    /** Takes back all that a loop has been admitted: it is gone, and its connections with it. */
    public void leave(int loop) {
        for (Entry entry : addresses.values()) {
            int held = entry.connections.of(loop);
            connections -= held;
            entry.connections.add(loop, -held);
        }
        subjects.values().removeIf(held -> {
            held.add(loop, -held.of(loop));
            return held.total() == 0;
        });
    }

    /** From here on nobody is admitted. */
    public void drain() {
        draining = true;
    }

    /** Takes {@link #drain} back. */
    public void admitAgain() {
        draining = false;
    }

    /** Forgets the addresses of which nothing has to be known; to be called every few seconds. */
    public void sweep(long nowNanos) {
        addresses.values().removeIf(entry -> entry.connections.total() == 0 && entry.handshakes.isFull(nowNanos));
    }

    /** Connections that the address with the most of them has, of those that have a limit. */
    int mostOfAddress() {
        int most = 0;
        for (Map.Entry<Address, Entry> each : addresses.entrySet()) {
            int held = each.getValue().connections.total();
            if (held > most && !settings.isExempt(each.getKey())) {
                most = held;
            }
        }
        return most;
    }

    /** Connections that the subject with the most of them has. */
    int mostOfSubject() {
        return subjects.values().stream().mapToInt(LoopCount::total).max().orElse(0);
    }

    /** Connections of the node. */
    public int connections() {
        return connections;
    }

    /** Subjects remembered. */
    int subjects() {
        return subjects.size();
    }

    /** Addresses remembered. */
    int addresses() {
        return addresses.size();
    }

    private static final class Entry {
        private final TokenBucket handshakes;
        private final LoopCount connections = new LoopCount();

        Entry(TokenBucket handshakes) {
            this.handshakes = handshakes;
        }
    }
}
