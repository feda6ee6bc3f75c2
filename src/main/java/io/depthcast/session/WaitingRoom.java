package io.depthcast.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The clients of a gateway loop that are owed data and wait: for their socket, an acknowledgement, their byte budget or
 * their snapshot budget. Looked after once per flush; costs nothing while it is empty. One gateway loop.
 */
public final class WaitingRoom {
    /** Somebody who waits. */
    interface Guest {
        /** Asks for what is owed if it may be sent by now; returns whether it still waits. */
        boolean stillWaits(long nowNanos);
    }

    /** So much between two looks is nothing out of the ordinary. */
    private static final long USUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final List<Guest> guests = new ArrayList<>();
    private boolean looked;
    private long lookedNanos;
    private long heldUpNanos;

    /** @param guest none that is here already */
    void add(Guest guest) {
        guests.add(guest);
    }

    /** Has everybody see whether it need wait any longer. */
    public void lookAfter(long nowNanos) {
        heldUpNanos += lateNanos(nowNanos);
        looked = true;
        lookedNanos = nowNanos;
        // Backwards, so that the one who takes a leaver's place has had its turn.
        for (int i = guests.size() - 1; i >= 0; i--) {
            if (!guests.get(i).stillWaits(nowNanos)) {
                Guest last = guests.remove(guests.size() - 1);
                if (i < guests.size()) {
                    guests.set(i, last);
                }
            }
        }
    }

    /**
     * The time for judging clients: it stands still while the loop itself is held up, because then their answers wait here
     * and not on the way.
     */
    long fairNanos(long nowNanos) {
        return nowNanos - heldUpNanos - lateNanos(nowNanos);
    }

    private long lateNanos(long nowNanos) {
        return looked ? Math.max(0, nowNanos - lookedNanos - USUAL_NANOS) : 0;
    }

    int size() {
        return guests.size();
    }
}
