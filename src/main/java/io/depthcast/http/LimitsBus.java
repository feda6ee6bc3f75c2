package io.depthcast.http;

import io.depthcast.feed.IdentityCodec;
import io.depthcast.session.LimitSettings;
import io.vertx.core.eventbus.EventBus;

/** The event-bus contract by which every gateway loop hears of new limits. */
public final class LimitsBus {
    static final String LIMITS = "depthcast.http.limits";

    private LimitsBus() {}

    /** Registers the codec; once for each bus. */
    public static void register(EventBus bus) {
        IdentityCodec.register(bus, LimitSettings.class);
    }

    /** Clients that come from now on have these; those that are here keep theirs. */
    public static void publish(EventBus bus, LimitSettings limits) {
        bus.publish(LIMITS, limits);
    }
}
