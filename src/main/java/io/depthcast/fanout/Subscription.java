package io.depthcast.fanout;

import io.depthcast.wire.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's place in one stream: the version it holds. That is all the gateway keeps of a client per stream, however
 * slow it is. One gateway loop.
 */
public final class Subscription {
    /** A stream as whoever keeps it knows it, so that it need not be looked up; see {@link Streams#join}. */
    public interface Seat {}

    /** The version of somebody who holds nothing: the answer is the state, or for a tape whatever comes next. */
    public static final long NOTHING = 0;

    private final Subscriber subscriber;
    private final StreamKey key;
    /** Held where it waits nowhere; in a cohort that has not moved since it came, what it held before it came. */
    private long epoch;

    private long version;
    private int cadence;
    private @Nullable Seat seat;
    private boolean leftOut;
    private int servedTurn;
    private @Nullable Cohort cohort;
    private int slot = -1;
    /** Of the cohort, when it came. */
    private int moves;

    /** @param cadence deliver at every n-th flush, at least 1 */
    public Subscription(Subscriber subscriber, StreamKey key, long epoch, long version, int cadence) {
        this.subscriber = subscriber;
        this.key = key;
        this.epoch = epoch;
        this.version = version;
        this.cadence = cadence;
    }

    public Subscriber subscriber() {
        return subscriber;
    }

    public StreamKey key() {
        return key;
    }

    public long epoch() {
        return cohort == null ? epoch : cohort.epoch();
    }

    public long version() {
        return cohort == null ? version : cohort.version();
    }

    /** Moves to a version, also backwards: {@link #NOTHING} asks for a snapshot. */
    public void advanceTo(long newEpoch, long newVersion) {
        stopWaiting();
        epoch = newEpoch;
        version = newVersion;
        leftOut(false);
    }

    public int cadence() {
        return cadence;
    }

    public void cadence(int flushes) {
        cadence = flushes;
    }

    /** Whether the shard has been asked what changed since this version. */
    public boolean isWaiting() {
        return cohort != null;
    }

    /** The answer has come, or when it comes it is for others; what is held stays. */
    public void stopWaiting() {
        if (cohort != null) {
            epoch = cohort.epoch();
            version = cohort.version();
            cohort.remove(slot);
        }
    }

    /** Goes over to a cohort that holds what it has just taken. */
    public void join(Cohort other) {
        stopWaiting();
        other.add(this);
    }

    /**
     * What it took in this flush, by its cohort's move or by joining another, does not fit after all: it stays at the version
     * held before and waits for nothing.
     */
    public void giveBack() {
        if (cohort != null) {
            if (moves != cohort.moves()) {
                epoch = cohort.formerEpoch();
                version = cohort.formerVersion();
            }
            cohort.remove(slot);
        }
        leftOut(true);
    }

    /** The answer has come and there was no room for it. */
    public void leaveOut() {
        // Still waiting if the subscriber has found room meanwhile and asked anew.
        leftOut(true);
    }

    private void leftOut(boolean now) {
        if (leftOut != now) {
            leftOut = now;
            subscriber.leftOutChanged(now ? 1 : -1);
        }
    }

    /** Whether what it takes stands for more than one update. */
    boolean isMerging() {
        return leftOut && epoch != 0;
    }

    /** Which of its subscriber's messages last carried something of it, counting those that not all had room in; 0 if none. */
    public int servedTurn() {
        return servedTurn;
    }

    void servedIn(int turn) {
        servedTurn = turn;
        leftOut(false);
    }

    /** Called by the cohort that it comes to. */
    void waitIn(Cohort newCohort, int index) {
        cohort = newCohort;
        slot = index;
        moves = newCohort.moves();
    }

    /** Called by the cohort that it leaves. */
    void waitNowhere() {
        cohort = null;
        slot = -1;
    }

    /** Called by the cohort that it is in. */
    void moveToSlot(int index) {
        slot = index;
    }

    /** Whether it has a place in its stream: from {@link Streams#join} to {@link Streams#leave}. */
    public boolean isJoined() {
        return seat != null;
    }

    /** Its place in its stream, null if it has none. */
    public @Nullable Seat seat() {
        return seat;
    }

    /** @param taken null to give it back; then nothing is owed either */
    public void seat(@Nullable Seat taken) {
        seat = taken;
        if (taken == null) {
            leftOut(false);
        }
    }
}
