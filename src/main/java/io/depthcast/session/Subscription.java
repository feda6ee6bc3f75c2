package io.depthcast.session;

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
    private long epoch;
    private long version;
    private int cadence;
    private @Nullable Seat seat;
    private boolean leftOut;
    private int servedTurn;
    private @Nullable WaitingList waitingIn;
    private int slot = -1;

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
        return epoch;
    }

    public long version() {
        return version;
    }

    /** Moves to a version, also backwards: {@link #NOTHING} asks for a snapshot. */
    public void advanceTo(long newEpoch, long newVersion) {
        epoch = newEpoch;
        version = newVersion;
        stopWaiting();
        leftOut = false;
    }

    public int cadence() {
        return cadence;
    }

    public void cadence(int flushes) {
        cadence = flushes;
    }

    /** Whether the shard has been asked what changed since this version. */
    public boolean isWaiting() {
        return waitingIn != null;
    }

    /** The answer has come, or when it comes it is for others. */
    public void stopWaiting() {
        if (waitingIn != null) {
            waitingIn.remove(slot);
        }
    }

    /** The answer has come and there was no room for it. */
    public void leaveOut() {
        // Still waiting if the subscriber has found room meanwhile and asked anew.
        leftOut = true;
    }

    /** Whether the next answer stands for more than one update. */
    boolean isMerging() {
        return leftOut && epoch != 0;
    }

    /** Which of its subscriber's messages last carried something of it; 0 before the first. */
    int servedTurn() {
        return servedTurn;
    }

    void servedIn(int turn) {
        servedTurn = turn;
    }

    /** Called by the list. */
    void waitIn(@Nullable WaitingList list, int index) {
        waitingIn = list;
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

    /** @param taken null to give it back */
    public void seat(@Nullable Seat taken) {
        seat = taken;
    }
}
