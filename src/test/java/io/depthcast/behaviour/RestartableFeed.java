package io.depthcast.behaviour;

import io.depthcast.book.Instrument;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.MarketFeed;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedFeed;
import java.util.List;

/** A simulated market that begins anew when told to, with a later epoch, as a feed does that was restarted. */
final class RestartableFeed implements MarketFeed {
    private final FeedSettings settings;
    private volatile boolean restartAsked;
    private SimulatedFeed feed;

    RestartableFeed(int eventsPerSecond, long epochMicros) {
        settings = new FeedSettings(FeedSettings.SIMULATED, FeedSettings.DEFAULT_SEED, eventsPerSecond);
        feed = new SimulatedFeed(settings, epochMicros);
    }

    /** At the next poll. Any thread. */
    void restart() {
        restartAsked = true;
    }

    @Override
    public List<Instrument> instruments() {
        return feed.instruments();
    }

    @Override
    public long epoch() {
        return feed.epoch();
    }

    @Override
    public EventBatch poll(long nowMicros, long nowNanos) {
        if (restartAsked) {
            restartAsked = false;
            feed = new SimulatedFeed(settings, nowMicros);
        }
        return feed.poll(nowMicros, nowNanos);
    }

    @Override
    public FeedSnapshot snapshot() {
        return feed.snapshot();
    }
}
