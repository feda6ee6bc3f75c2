package io.depthcast.fanout;

import io.depthcast.wire.StreamKey;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's share in one stream. Which version it holds is known where it waits, from {@link Audience#join} to {@link
 * Audience#leave}. That is all the gateway keeps of a client per stream, however slow it is. One gateway loop.
 */
public final class Subscription {
    /** The version of somebody who holds nothing: the answer is the state, or for a tape whatever comes next. */
    public static final long NOTHING = 0;

    private final StreamKey key;
    private int cadence;
    private boolean leftOut;
    private int servedTurn;
    private @Nullable Place place;
    private int slot;

    /** @param cadence deliver at every n-th tick, a multiple of the flush */
    public Subscription(StreamKey key, int cadence) {
        this.key = key;
        this.cadence = cadence;
    }

    public StreamKey key() {
        return key;
    }

    /** 0 if it holds nothing. */
    public long epoch() {
        return place == null ? 0 : place.epoch();
    }

    public long version() {
        return place == null ? NOTHING : place.version();
    }

    public int cadence() {
        return cadence;
    }

    void cadence(int ticks) {
        cadence = ticks;
    }

    /** Whether the shard has been asked what changed since this version. */
    public boolean isWaiting() {
        return place != null && place.isAsked();
    }

    boolean isJoined() {
        return place != null;
    }

    /** Which of its subscriber's messages last carried something of it, counting those that not all had room in; 0 if none. */
    public int servedTurn() {
        return servedTurn;
    }

    void servedIn(int turn) {
        servedTurn = turn;
    }

    /** Whether there was no room for it the last time. */
    boolean isLeftOut() {
        return leftOut;
    }

    /** Returns whether that is news. */
    boolean leftOut(boolean now) {
        boolean news = leftOut != now;
        leftOut = now;
        return news;
    }

    /** Called by the place that it comes to, or that gives it another number. */
    void waitIn(Place here, int number) {
        place = here;
        slot = number;
    }

    /** Number at the place where it waits. */
    int slot() {
        return slot;
    }

    /** Index of the place where it waits among those of its stream. */
    int placeIndex() {
        return place().index();
    }

    /** Leaves the place where it waits. */
    void waitNowhere() {
        place().remove(slot);
        place = null;
    }

    private Place place() {
        if (place == null) {
            throw new IllegalStateException("waits nowhere");
        }
        return place;
    }
}
