package io.depthcast.limit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect: counts connections and handshakes by address and for the node. An address is remembered only while it
 * has connections or its bucket is not yet full again, so the table is no larger than the node's connections and the
 * newest handshakes, and never above {@link #MAX_ADDRESSES}. One thread; time is monotonic.
 */
public final class Admission {
    /** Addresses: at some 200 bytes each this is all that somebody with many of them can make us remember. */
    static final int MAX_ADDRESSES = 200_000;

    private final long heapBytes;
    private final Map<Address, Entry> addresses = new HashMap<>();
    private AdmissionSettings settings;
    private int connections;
    private boolean draining;

    /** @param heapBytes the largest size of the heap */
    public Admission(AdmissionSettings settings, long heapBytes) {
        this.settings = settings;
        this.heapBytes = heapBytes;
    }

    /** Holds those that ask from now on to these; nobody who is here has to go. */
    public void take(AdmissionSettings changed, long nowNanos) {
        settings = changed;
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
            if (entry.connections >= settings.connectionsPerAddress()) {
                return Verdict.TOO_MANY_CONNECTIONS;
            }
        }
        entry.count(loop, 1);
        connections++;
        return Verdict.ADMITTED;
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
        if (entry != null && entry.of(loop) > 0) {
            entry.count(loop, -1);
            connections--;
        }
    }

    /** Takes back all that a loop has been admitted: it is gone, and its connections with it. */
    public void leave(int loop) {
        for (Entry entry : addresses.values()) {
            connections -= entry.of(loop);
            entry.count(loop, -entry.of(loop));
        }
    }

    /** From here on nobody is admitted. */
    public void drain() {
        draining = true;
    }

    /** Forgets the addresses of which nothing has to be known; to be called every few seconds. */
    public void sweep(long nowNanos) {
        addresses.values().removeIf(entry -> entry.connections == 0 && entry.handshakes.isFull(nowNanos));
    }

    /** Connections of the node. */
    public int connections() {
        return connections;
    }

    /** Addresses remembered. */
    int addresses() {
        return addresses.size();
    }

    private static final class Entry {
        private final TokenBucket handshakes;
        /** Connections by loop. */
        private int[] byLoop = {};

        private int connections;

        Entry(TokenBucket handshakes) {
            this.handshakes = handshakes;
        }

        int of(int loop) {
            return loop < byLoop.length ? byLoop[loop] : 0;
        }

        void count(int loop, int change) {
            if (loop >= byLoop.length) {
                byLoop = Arrays.copyOf(byLoop, loop + 1);
            }
            byLoop[loop] += change;
            connections += change;
        }
    }
}
