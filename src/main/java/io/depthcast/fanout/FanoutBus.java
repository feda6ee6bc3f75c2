package io.depthcast.fanout;

import io.depthcast.bus.IdentityCodec;
import io.vertx.core.eventbus.EventBus;

/** The event-bus contract between shards and gateway loops: addresses and messages. */
public final class FanoutBus {
    /** {@link ShardStatus}, published by every shard at least every {@link #STATUS_MILLIS}. */
    static final String STATUS = "depthcast.fanout.status";

    static final int STATUS_MILLIS = 1_000;

    private FanoutBus() {}

    /** Registers the codecs; once for each bus. */
    public static void register(EventBus bus) {
        IdentityCodec.register(bus, Asks.class);
        IdentityCodec.register(bus, FrameBatch.class);
        IdentityCodec.register(bus, ShardStatus.class);
        IdentityCodec.register(bus, HistoryRequest.class);
    }

    /** Where a shard takes {@link Asks}. */
    static String asks(int shard) {
        return "depthcast.fanout.asks." + shard;
    }

    /** Where a shard takes the address of a loop that goes; after the reply it sends that loop nothing. */
    static String leave(int shard) {
        return "depthcast.fanout.leave." + shard;
    }

    /** Where a shard answers a {@link HistoryRequest} with JSON text. */
    static String history(int shard) {
        return "depthcast.fanout.history." + shard;
    }

    /** Where a gateway loop takes each {@link FrameBatch}. */
    static String frames(int loop) {
        return "depthcast.fanout.frames." + loop;
    }
}
