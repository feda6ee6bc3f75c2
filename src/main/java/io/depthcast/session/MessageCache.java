package io.depthcast.session;

import io.depthcast.wire.Events;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.WebSocketMessage;
import io.depthcast.wire.WholeMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of one flush on one gateway loop: sessions that take the same frames in the same form share one buffer. It
 * is spliced for the first of them; from the {@link #WHOLE_TAKERS}th on it is deflated as a whole, if that makes it smaller.
 * One thread; {@link #clear()} after each flush.
 */
public final class MessageCache {
    /** Shared by so many, deflating as a whole adds a fifth to what a delivered message costs; {@code decisions.md}. */
    public static final int WHOLE_TAKERS = 32;
    /** Bytes to be deflated as a whole for each millisecond between two flushes: a tenth of the loop's time. */
    public static final int WHOLE_BYTES_PER_MILLI = 3 * 1024;

    private final ByteBufAllocator allocator;
    private final WholeMessages whole;
    private final Map<Key, Shared> messages = new HashMap<>();
    private final Map<EventsKey, Events> events = new HashMap<>();

    private int wholeBytes;
    private int wholeBytesLeft;

    /** Nothing is deflated as a whole until {@link #limitWhole} allows it. */
    public MessageCache(ByteBufAllocator allocator) {
        this.allocator = allocator;
        this.whole = new WholeMessages(allocator);
    }

    /** From here on: how many bytes may be deflated as a whole in each flush. */
    public void limitWhole(int bytes) {
        wholeBytes = bytes;
        wholeBytesLeft = bytes;
    }

    /** The frames as one WebSocket message; a reference of its own for the caller, with its own indices. */
    public ByteBuf message(Form form, List<Frame> frames) {
        Shared message = messages.get(new Key(form, frames));
        if (message == null) {
            message = new Shared(WebSocketMessage.of(allocator, form, frames));
            messages.put(new Key(form, List.copyOf(frames)), message);
        }
        message.takers++;
        if (message.takers == WHOLE_TAKERS) {
            deflateWhole(message, form, frames);
        }
        return message.bytes.retainedDuplicate();
    }

    private void deflateWhole(Shared message, Form form, List<Frame> frames) {
        int bytes = WholeMessages.bytes(form, frames, message.bytes);
        if (bytes == 0 || bytes > wholeBytesLeft) {
            return;
        }
        wholeBytesLeft -= bytes;
        ByteBuf made = whole.of(form, frames);
        boolean smaller = made.readableBytes() < message.bytes.readableBytes();
        (smaller ? message.bytes : made).release();
        message.bytes = smaller ? made : message.bytes;
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
        messages.values().forEach(message -> message.bytes.release());
        messages.clear();
        wholeBytesLeft = wholeBytes;
        events.values().forEach(each -> each.bytes().release());
        events.clear();
    }

    /** Frees native memory. */
    public void close() {
        clear();
        whole.close();
    }

    private static final class Shared {
        private ByteBuf bytes;
        private int takers;

        Shared(ByteBuf bytes) {
            this.bytes = bytes;
        }
    }

    /** Frames compare by identity, which is what they are: each is made once. */
    private record Key(Form form, List<Frame> frames) {}

    private record EventsKey(Form form, int idFrame, List<Frame> frames) {}
}
