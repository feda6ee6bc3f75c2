package io.depthcast.admission;

import io.depthcast.limit.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connections of the public port, from the moment that they are accepted, whatever becomes of them: by address and
 * for the node. Where there is no room, those go first that wait between two requests. Any thread; time is monotonic.
 */
public final class Sockets {
    /** Connections above the limit that are kept just long enough to be told so. */
    static final int MOST_TOLD = 64;
    /** Part of what descriptors allow that one address may have, however many it may have elsewhere. */
    static final int ADDRESS_SHARE = 4;

    private static final int LEAST_PER_ADDRESS = 8;
    /** How many make room at once, so that not every newcomer has all of them looked at. */
    private static final int EVICTED_SHARE = 32;
    /** Within which it is believed that there is still nobody who could go. */
    private static final long ALL_BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final IntSupplier descriptors;
    private final long spare;
    private final long heapBytes;
    private final Set<Seat> seats = new LinkedHashSet<>();
    private final Map<Address, Set<Seat>> byAddress = new HashMap<>();
    private volatile AdmissionSettings settings;
    private int told;
    /** Connections that had to go and hold their descriptors still. */
    private int leaving;

    private long allBusyUntilNanos;
    private boolean allBusy;
    private long refused;
    private long evicted;

    /**
     * @param descriptors connections that the descriptors of this process allow by now
     * @param spare descriptors beyond these that may be taken for a moment
     * @param heapBytes the largest size of the heap
     */
    public Sockets(AdmissionSettings settings, IntSupplier descriptors, long spare, long heapBytes) {
        this.settings = settings;
        this.descriptors = descriptors;
        this.spare = spare;
        this.heapBytes = heapBytes;
    }

    /** One connection. Whoever holds it says when it works and when it waits. */
    public final class Seat {
        private final Address block;
        private final Runnable cut;
        private final boolean isRefused;
        private volatile boolean busy;
        private volatile long sinceNanos;
        /** Whether it had to go; guarded by the sockets. */
        private boolean isEvicted;

        private Seat(Address block, Runnable cut, boolean isRefused, long nowNanos) {
            this.block = block;
            this.cut = cut;
            this.isRefused = isRefused;
            this.sinceNanos = nowNanos;
        }

        /** Whether all that is left for it is to hear that there is no room. */
        public boolean isRefused() {
            return isRefused;
        }

        /** It is served something; nobody else comes in its place. */
        public void busy() {
            busy = true;
        }

        /** It waits, and may have to go. */
        public void idle(long nowNanos) {
            sinceNanos = nowNanos;
            busy = false;
        }

        /** The connection is gone. */
        public void leave() {
            remove(this);
        }
    }

    /** Those that come from now on are held to these. */
    public void take(AdmissionSettings changed) {
        settings = changed;
    }

    /**
     * Asks for a place for a connection that was accepted.
     *
     * @param peer the other end of the socket, which may be a proxy
     * @param cut ends the connection soon, from whatever thread
     * @return null if it has to be closed at once
     */
    public synchronized @Nullable Seat take(Address peer, Runnable cut, long nowNanos) {
        Address block = peer.block();
        boolean isFree = hasRoomFor(peer, block) && hasRoom(nowNanos);
        if (!isFree) {
            refused++;
            if (told >= Math.min(Math.min(MOST_TOLD, spare / 2), most())) {
                return null;
            }
            told++;
            return new Seat(block, cut, true, nowNanos);
        }
        Seat seat = new Seat(block, cut, false, nowNanos);
        seats.add(seat);
        byAddress.computeIfAbsent(block, first -> new LinkedHashSet<>()).add(seat);
        return seat;
    }

    /** Whether the node has a place left, if need be that of others who wait. */
    private boolean hasRoom(long nowNanos) {
        int most = most();
        if (seats.size() < most) {
            return true;
        }
        if (allBusy && nowNanos - allBusyUntilNanos < 0) {
            return false;
        }
        allBusy = evict(seats, 1 + most / EVICTED_SHARE) == 0;
        allBusyUntilNanos = nowNanos + ALL_BUSY_NANOS;
        return seats.size() < most;
    }

    /** Whether what this peer says of others is believed. */
    public boolean isTrusted(Address peer) {
        return settings.trustedProxies().contains(peer);
    }

    private boolean hasRoomFor(Address peer, Address block) {
        AdmissionSettings rules = settings;
        Set<Seat> held = byAddress.get(block);
        if (held == null || rules.isExempt(peer) || rules.trustedProxies().contains(peer)) {
            return true;
        }
        int most = mostPerAddress();
        return held.size() < most || evict(held, 1 + held.size() - most) > 0;
    }

    /** Connections that one address may have. */
    public int mostPerAddress() {
        int share = Math.max(LEAST_PER_ADDRESS, descriptors.getAsInt() / ADDRESS_SHARE);
        return Math.min(settings.socketsPerAddress(), share);
    }

    /** Sends some of these away, those first that have waited for longest; returns how many. */
    private int evict(Set<Seat> among, int count) {
        List<Seat> waiting = new ArrayList<>();
        for (Seat seat : among) {
            if (!seat.busy) {
                waiting.add(seat);
            }
        }
        waiting.sort(Comparator.comparingLong(seat -> seat.sinceNanos));
        List<Seat> going = waiting.subList(0, Math.min(count, waiting.size()));
        for (Seat seat : going) {
            unseat(seat);
            seat.isEvicted = true;
            seat.cut.run();
        }
        leaving += going.size();
        evicted += going.size();
        return going.size();
    }

    private synchronized void remove(Seat seat) {
        if (seat.isRefused) {
            told--;
        } else if (seat.isEvicted) {
            leaving--;
        } else {
            unseat(seat);
        }
    }

    private void unseat(Seat seat) {
        if (seats.remove(seat)) {
            Set<Seat> others = byAddress.get(seat.block);
            if (others != null && others.remove(seat) && others.isEmpty()) {
                byAddress.remove(seat.block);
            }
        }
    }

    /** Connections that the address with the most of them has, of those that have a limit. */
    public synchronized int mostOfAddress() {
        AdmissionSettings rules = settings;
        int most = 0;
        for (Map.Entry<Address, Set<Seat>> each : byAddress.entrySet()) {
            Address block = each.getKey();
            if (each.getValue().size() > most
                    && !rules.isExempt(block)
                    && !rules.trustedProxies().contains(block)) {
                most = each.getValue().size();
            }
        }
        return most;
    }

    /** Connections that there may be: those of clients, and some more for pages and requests beside them. */
    public int most() {
        int clients = settings.connections(heapBytes);
        long besides = clients / 4L + MOST_TOLD;
        return (int) Math.max(1, Math.min(descriptors.getAsInt(), clients + besides));
    }

    /** Connections that are there now. */
    public synchronized int open() {
        return seats.size();
    }

    /** Connections that hold a descriptor, those included that are told to go. */
    public synchronized int held() {
        return seats.size() + leaving + told;
    }

    /** Whether so many are going that others better wait at the door until these have gone. */
    public synchronized boolean isCrowded() {
        return leaving > 0 && held() - (long) most() > spare / 2;
    }

    /** Whether who comes now is refused. */
    public synchronized boolean isFull() {
        return seats.size() >= most() && seats.stream().allMatch(seat -> seat.busy);
    }

    /** Connections that were refused, told so or not. */
    public synchronized long refused() {
        return refused;
    }

    /** Connections that had to make room while they waited. */
    public synchronized long evicted() {
        return evicted;
    }
}
