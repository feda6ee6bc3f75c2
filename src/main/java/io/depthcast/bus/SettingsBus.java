package io.depthcast.bus;

import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.function.Consumer;

/** The event-bus contract by which those that run on a part of the settings hear of a changed one. */
public final class SettingsBus {
    private static final String ADDRESS = "depthcast.settings.";

    private SettingsBus() {}

    /**
     * Registers the codecs; once for each bus.
     *
     * @param parts that may change
     */
    public static void register(EventBus bus, List<Class<? extends Record>> parts) {
        parts.forEach(part -> IdentityCodec.register(bus, part));
    }

    /** Whoever listens for this part runs on it from now on. */
    public static void publish(EventBus bus, Record part) {
        bus.publish(ADDRESS + part.getClass().getName(), part);
    }

    /** Until the verticle of the caller is gone; on its loop. */
    public static <R extends Record> void listen(EventBus bus, Class<R> part, Consumer<R> taker) {
        bus.<R>localConsumer(ADDRESS + part.getName(), message -> taker.accept(message.body()));
    }
}
