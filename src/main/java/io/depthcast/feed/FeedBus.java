package io.depthcast.feed;

import io.depthcast.bus.IdentityCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;

/** The event-bus contract between a feed and everybody else: addresses, messages, time limits. */
public final class FeedBus {
    /** {@link EventBatch}, published; an empty one at least every {@link #HEARTBEAT_MILLIS}. */
    public static final String EVENTS = "depthcast.feed.events";

    /** Asked with an empty body; the reply is a {@link FeedSnapshot}. */
    public static final String SNAPSHOT = "depthcast.feed.snapshot";

    /** Published: whoever has books takes them anew, by a snapshot. */
    public static final String RENEW = "depthcast.feed.renew";

    /** A feed that has nothing to tell says so this often. */
    public static final int HEARTBEAT_MILLIS = 1_000;

    /** A feed silent for three heartbeats is stale. */
    public static final int STALE_MILLIS = 3 * HEARTBEAT_MILLIS;

    private static final int REPLY_MILLIS = 1_000;
    private static final int RETRY_MILLIS = 100;

    private FeedBus() {}

    /** Where a shard replies once it has taken all that was published before. */
    public static String reached(int shard) {
        return "depthcast.feed.reached." + shard;
    }

    /** Registers the codecs; once for each bus. */
    public static void register(EventBus bus) {
        IdentityCodec.register(bus, EventBatch.class);
        IdentityCodec.register(bus, FeedSnapshot.class);
    }

    /** Asks for a snapshot until there is one. The future never fails. */
    public static Future<FeedSnapshot> snapshot(Vertx vertx) {
        return vertx.eventBus()
                .<FeedSnapshot>request(SNAPSHOT, "", new DeliveryOptions().setSendTimeout(REPLY_MILLIS))
                .map(Message::body)
                .recover(noAnswer -> vertx.timer(RETRY_MILLIS).compose(expired -> snapshot(vertx)));
    }
}
