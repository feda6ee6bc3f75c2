package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who on this gateway loop follows one stream, by the answer they wait for. One gateway loop. */
final class StreamAudience implements Subscription.Seat {
    /** As many as subscribers of one pace need, and some for others. */
    private static final int SPARES = 4;

    private final List<Awaited> awaited = new ArrayList<>();
    private final List<Awaited> spares = new ArrayList<>();
    private int members;

    void joined() {
        members++;
    }

    void left() {
        members--;
    }

    boolean isEmpty() {
        return members == 0;
    }

    /** The ask that is out for this, or a new one. */
    Awaited await(long epoch, long version, long dueFlush, int cadence) {
        Awaited found = find(epoch, version, dueFlush, cadence);
        if (found == null) {
            found = spares.isEmpty() ? new Awaited() : spares.remove(spares.size() - 1);
            found.start(epoch, version, dueFlush, cadence);
            awaited.add(found);
        }
        return found;
    }

    /** What waits for the answer to an ask; null if nobody does any more. */
    @Nullable
    Awaited find(Ask ask) {
        return find(ask.epoch(), ask.version(), ask.dueFlush(), ask.cadence());
    }

    @Nullable
    Awaited find(long epoch, long version, long dueFlush, int cadence) {
        for (int i = awaited.size() - 1; i >= 0; i--) {
            if (awaited.get(i).isFor(epoch, version, dueFlush, cadence)) {
                return awaited.get(i);
            }
        }
        return null;
    }

    /** Takes out an ask that nobody waits for; null if there is none. */
    @Nullable
    Awaited takeDeserted() {
        for (int i = 0; i < awaited.size(); i++) {
            Awaited each = awaited.get(i);
            if (each.members().size() == 0) {
                settle(each);
                return each;
            }
        }
        return null;
    }

    /** The ask is over, and nobody waits for it. */
    void settle(Awaited over) {
        if (awaited.remove(over) && spares.size() < SPARES) {
            spares.add(over);
        }
    }
}
