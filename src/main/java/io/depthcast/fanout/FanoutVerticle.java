package io.depthcast.fanout;

import io.depthcast.feed.FeedBus;
import io.depthcast.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Clock;

/** Runs one shard on its own loop: events and asks in, a batch of frames per gateway loop out at every flush. */
public final class FanoutVerticle extends VerticleBase {
    private final FanoutSettings settings;
    private final int index;
    private final Clock clock;
    private final Meters meters;
    private final WorkMeter work;

    /** @param index of the shard, 0 to {@code settings.shards() - 1} */
    public FanoutVerticle(FanoutSettings settings, int index, Clock clock, Meters meters, WorkMeter work) {
        this.settings = settings;
        this.index = index;
        this.clock = clock;
        this.meters = meters;
        this.work = work;
    }

    /** Completes when the shard has its books. */
    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        meters.watchLoop(vertx, "shard-" + index);
        ShardLoop loop = new ShardLoop(vertx, settings, index, clock, meters, work);
        Future<Void> listening = Future.all(
                        bus.consumer(FeedBus.EVENTS, loop::onEvents).completion(),
                        bus.consumer(FeedBus.RENEW, loop::onRenew).completion(),
                        bus.consumer(FeedBus.reached(index), (Message<String> asked) -> asked.reply(""))
                                .completion(),
                        bus.consumer(FanoutBus.asks(index), loop::onAsks).completion(),
                        bus.consumer(FanoutBus.leave(index), loop::onLeave).completion(),
                        bus.consumer(
                                        FanoutBus.history(index),
                                        (Message<HistoryRequest> request) ->
                                                request.reply(loop.history(request.body())))
                                .completion())
                .mapEmpty();
        return listening.compose(done -> loop.repair()).onSuccess(whole -> {
            loop.start();
            vertx.setPeriodic(0, FanoutBus.STATUS_MILLIS, timer -> loop.tellStatus());
        });
    }
}
