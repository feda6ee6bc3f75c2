package io.depthcast.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Passes an immutable message between the verticles of one process as it is. Stateless. */
public final class IdentityCodec<T> implements MessageCodec<T, T> {
    private final String name;

    private IdentityCodec(Class<T> type) {
        this.name = type.getName();
    }

    /** Lets messages of this type travel on the bus; once for each type and bus. */
    public static <T> void register(EventBus bus, Class<T> type) {
        bus.registerDefaultCodec(type, new IdentityCodec<>(type));
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        throw new IllegalStateException(name + " travels within one process only; deploy feed and shards together");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw new IllegalStateException(name + " travels within one process only; deploy feed and shards together");
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
