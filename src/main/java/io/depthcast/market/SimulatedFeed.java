package io.depthcast.market;

import io.depthcast.book.Instrument;
import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SimulatedSource} alone at an intake of its own, which is what the gateway publishes where nothing else is set;
 * for whoever measures it or plays it once more. {@link #snapshot} before the first poll has the opening, which no batch has.
 */
public final class SimulatedFeed {
    private final SimulatedSource source;
    private final Intake intake;
    private final Door door;

    /** @param epochMicros of the feed, and when the market opens; microseconds since 1970 */
    public SimulatedFeed(FeedSettings settings, long epochMicros) {
        source = new SimulatedSource(settings, epochMicros);
        intake = new Intake(epochMicros, IntakeListener.NONE);
        door = intake.open(source.name(), source.silenceMillis());
        intake.begin(epochMicros, 0);
        // Before the first event is due.
        source.poll(door, epochMicros - 1, 0);
        var unused = intake.take();
    }

    /** Ascending ids from 1. */
    public List<Instrument> instruments() {
        return source.instruments();
    }

    /**
     * The rows that became due since the last call, or null if there are none.
     *
     * @param nowMicros wall time, microseconds since 1970
     * @param nowNanos {@link System#nanoTime()}
     */
    public @Nullable EventBatch poll(long nowMicros, long nowNanos) {
        intake.begin(nowMicros, nowNanos);
        source.poll(door, nowMicros, nowNanos);
        return intake.take();
    }

    public FeedSnapshot snapshot() {
        return intake.snapshot();
    }

    /** The n-th instrument's, counted from 0. */
    LimitOrderBook book(int index) {
        return source.book(index);
    }
}
