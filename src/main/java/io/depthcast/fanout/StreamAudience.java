package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who on this gateway loop follows one stream, by the version they hold and the answer they wait for. One gateway loop. */
final class StreamAudience {
    /** As many as subscribers of one pace need, and some for others. */
    private static final int SPARES = 4;
    /** Who rests need not share a cohort: only so many of the newest are looked through. */
    private static final int LOOKED_THROUGH = 8;

    private final List<Cohort> cohorts = new ArrayList<>();
    private final List<Cohort> spares = new ArrayList<>();

    /** Subscriptions that follow it. */
    int members() {
        int members = 0;
        for (Cohort cohort : cohorts) {
            members += cohort.size();
        }
        return members;
    }

    boolean isEmpty() {
        return cohorts.isEmpty();
    }

    /** The cohort that waits for this, or a new one. */
    Cohort await(long epoch, long version, long dueTick, int cadence) {
        Cohort found = find(epoch, version, dueTick, cadence);
        if (found == null) {
            found = begin();
            found.await(epoch, version, dueTick, cadence);
        }
        return found;
    }

    /** One that holds this and asks for nothing. */
    Cohort rest(long epoch, long version) {
        for (int i = cohorts.size() - 1; i >= Math.max(0, cohorts.size() - LOOKED_THROUGH); i--) {
            if (cohorts.get(i).isResting(epoch, version)) {
                return cohorts.get(i);
            }
        }
        Cohort begun = begin();
        begun.rest(epoch, version);
        return begun;
    }

    private Cohort begin() {
        Cohort begun = spares.isEmpty() ? new Cohort() : spares.remove(spares.size() - 1);
        begun.index(cohorts.size());
        cohorts.add(begun);
        return begun;
    }

    /** What waits for the answer to an ask; null if nobody does any more. */
    @Nullable
    Cohort find(Ask ask) {
        return find(ask.epoch(), ask.version(), ask.dueTick(), ask.cadence());
    }

    @Nullable
    Cohort find(long epoch, long version, long dueTick, int cadence) {
        for (int i = cohorts.size() - 1; i >= 0; i--) {
            if (cohorts.get(i).isAwaiting(epoch, version, dueTick, cadence)) {
                return cohorts.get(i);
            }
        }
        return null;
    }

    /** Has a subscription leave where it waits, in this stream; returns the cohort if it was the last of it. */
    @Nullable
    Cohort leave(Subscription subscription) {
        Cohort left = cohorts.get(subscription.placeIndex());
        subscription.waitNowhere();
        return left.size() == 0 ? left : null;
    }

    /** Nobody waits there. The newest one takes its number. */
    void dismiss(Cohort over) {
        int index = over.index();
        Cohort last = cohorts.remove(cohorts.size() - 1);
        if (last != over) {
            cohorts.set(index, last);
            last.index(index);
        }
        if (spares.size() < SPARES) {
            spares.add(over);
        }
    }
}
