package io.depthcast.feed;

import io.depthcast.bus.LoopTurn;
import io.depthcast.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.util.List;

/** Runs the sources on a loop of their own: polls them, publishes what they tell, answers for the state of it all. */
public final class FeedVerticle extends VerticleBase {
    private final FeedLoop loop;
    private final List<Source> sources;
    private final PollTimes times;
    private final Meters meters;
    private int polledEvents;

    /**
     * @param epoch start of the feed's numbers, microseconds since 1970
     * @param flushMillis between two flushes of a shard, from 1
     * @param clock tells the wall time
     */
    public FeedVerticle(List<Source> sources, long epoch, int flushMillis, Clock clock, Meters meters) {
        this.sources = List.copyOf(sources);
        this.times = new PollTimes(flushMillis);
        this.meters = meters;
        this.loop = new FeedLoop(
                new Intake(epoch, new CountedIntake(meters.feed())), clock, FeedBus.HEARTBEAT_MILLIS, this::publish);
    }

    /** Completes when every source has started and been polled once. */
    @Override
    public Future<?> start() {
        meters.watchLoop(vertx, "feed");
        List<Future<Void>> starts =
                sources.stream().map(source -> source.start(vertx)).toList();
        Future<?> started = starts.isEmpty() ? Future.succeededFuture() : Future.all(starts);
        // Sources start on threads of their own as well, and what comes after them belongs to this loop.
        return started.compose(all -> LoopTurn.start(context, this::begin));
    }

    private Future<Void> begin() {
        sources.forEach(loop::add);
        poll();
        return vertx.eventBus().consumer(FeedBus.SNAPSHOT, this::answer).completion();
    }

    @Override
    public Future<?> stop() {
        List<Future<Void>> stops = sources.stream().map(Source::stop).toList();
        return stops.isEmpty() ? Future.succeededFuture() : Future.join(stops);
    }

    private void poll() {
        polledEvents = 0;
        try {
            loop.poll(System.nanoTime());
        } finally {
            vertx.setTimer(times.millisToNext(System.nanoTime(), polledEvents), timer -> poll());
        }
    }

    private void answer(Message<String> request) {
        request.reply(loop.snapshot());
    }

    private void publish(EventBatch batch) {
        polledEvents += batch.count();
        meters.eventsIn(batch.count());
        vertx.eventBus().publish(FeedBus.EVENTS, batch);
    }
}
