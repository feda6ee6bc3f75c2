package io.depthcast.session;

import io.depthcast.wire.Events;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of one flush on one gateway loop: sessions that take the same frames in the same form share one buffer.
 * One thread; {@link #clear()} after each flush.
 */
public final class MessageCache {
    private final ByteBufAllocator allocator;
    private final Map<Key, ByteBuf> messages = new HashMap<>();
    private final Map<EventsKey, Events> events = new HashMap<>();

    public MessageCache(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** The frames as one WebSocket message; a reference of its own for the caller, with its own indices. */
    public ByteBuf message(Form form, List<Frame> frames) {
        ByteBuf message = messages.get(new Key(form, frames));
        if (message == null) {
            message = WebSocketMessage.of(allocator, form, frames);
            messages.put(new Key(form, List.copyOf(frames)), message);
        }
        return message.retainedDuplicate();
    }

    /** The frames as server-sent events, borrowed. See {@link Events#of}. */
    Events events(Form form, List<Frame> frames, int idFrame) {
        Events made = events.get(new EventsKey(form, idFrame, frames));
        if (made == null) {
            made = Events.of(allocator, form, frames, idFrame);
            events.put(new EventsKey(form, idFrame, List.copyOf(frames)), made);
        }
        return made;
    }

    /** Messages made since the last {@link #clear()}. */
    public int size() {
        return messages.size() + events.size();
    }

    /** Drops this cache's references. */
    public void clear() {
        messages.values().forEach(ByteBuf::release);
        messages.clear();
        events.values().forEach(each -> each.bytes().release());
        events.clear();
    }

    /** Frames compare by identity, which is what they are: each is made once. */
    private record Key(Form form, List<Frame> frames) {}

    private record EventsKey(Form form, int idFrame, List<Frame> frames) {}
}
