package io.depthcast.behaviour;

import io.depthcast.feed.Door;
import io.depthcast.feed.Source;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedSource;

/** A simulated market that begins anew when told to, with other books, as a source does that was restarted. */
final class RestartableSource implements Source {
    private final int eventsPerSecond;
    private volatile boolean restartAsked;
    private long seed = FeedSettings.DEFAULT_SEED;
    private SimulatedSource market;

    RestartableSource(int eventsPerSecond, long openingMicros) {
        this.eventsPerSecond = eventsPerSecond;
        market = market(openingMicros);
    }

    private SimulatedSource market(long openingMicros) {
        return new SimulatedSource(new FeedSettings(FeedSettings.SIMULATED, seed, eventsPerSecond), openingMicros);
    }

    /** At the next poll. Any thread. */
    void restart() {
        restartAsked = true;
    }

    @Override
    public String name() {
        return market.name();
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        if (restartAsked) {
            restartAsked = false;
            seed++;
            market = market(nowMicros);
        }
        market.poll(door, nowMicros, nowNanos);
    }
}
