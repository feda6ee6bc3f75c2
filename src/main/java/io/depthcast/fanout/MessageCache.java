package io.depthcast.fanout;

import io.depthcast.metrics.HistoryMeters;
import io.depthcast.wire.Events;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.HistoryDeflater;
import io.depthcast.wire.WebSocketMessage;
import io.depthcast.wire.WholeMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one flush on one gateway loop: sessions that take the same frames in the same form share one buffer. The
 * first of them gets one of its own, for it may be the only one, and what nobody shares is better not kept: it is gone from
 * memory when it is sent, and the next one is spliced in its place. From the {@link #WHOLE_TAKERS}th on the message is
 * deflated as a whole, if that makes it smaller. One thread; {@link #clear()} after each flush.
 */
public final class MessageCache {
    /** Shared by so many, deflating as a whole adds a fifth to what a delivered message costs; {@code decisions.md}. */
    public static final int WHOLE_TAKERS = 32;
    /** Bytes to be deflated as a whole for each millisecond between two flushes: a tenth of the loop's time. */
    public static final int WHOLE_BYTES_PER_MILLI = 3 * 1024;

    /** 2^64 divided by the golden ratio. */
    private static final long GOLDEN_SECTION = 0x9E3779B97F4A7C15L;
    /** In place of a message that one has taken. */
    private static final Shared SEEN_ONCE = new Shared(Form.JSON, List.of(), Unpooled.EMPTY_BUFFER);

    private final ByteBufAllocator allocator;
    private final WholeMessages whole;
    private final LongObjectMap<Shared> messages = new LongObjectHashMap<>();
    private final Map<EventsKey, Events> events = new HashMap<>();

    private final DeflateBudget budget = new DeflateBudget();
    private final @Nullable Histories histories;

    /** Without histories. Nothing is deflated as a whole until {@link #limitWhole} allows it. */
    public MessageCache(ByteBufAllocator allocator) {
        this.allocator = allocator;
        this.whole = new WholeMessages(allocator);
        this.histories = null;
    }

    /** With histories, as far as {@link #limitWhole} allows. */
    public MessageCache(ByteBufAllocator allocator, HistoryMeters meters) {
        this(allocator, meters, Histories.LEAST_TAKERS, Histories.SPAN_FLUSHES);
    }

    MessageCache(ByteBufAllocator allocator, HistoryMeters meters, int leastTakers, int spanFlushes) {
        this.allocator = allocator;
        this.whole = new WholeMessages(allocator);
        this.histories = new Histories(allocator, budget, meters, leastTakers, spanFlushes);
    }

    /** From here on: how many bytes may be deflated as a whole, or with a history, in each flush. */
    public void limitWhole(int bytes) {
        budget.limit(bytes);
    }

    /** Of a client that has just come and keeps its window between two messages; null if that is of no use here, or in its form. */
    @Nullable
    ClientWindow newWindow(Form form) {
        return histories == null || !HistoryDeflater.serves(form) ? null : new ClientWindow();
    }

    /**
     * As {@link #message(Form, List)}, but for a client whose window is looked after, and who is sent it in any case. The frames
     * need not be in that form, but in the plain one of it.
     */
    public ByteBuf message(Form form, List<Frame> frames, ClientWindow window) {
        long key = key(form, frames);
        ByteBuf ofHistory = histories == null ? null : histories.message(key, form, frames, window);
        return ofHistory == null ? message(key, form, frames) : ofHistory;
    }

    /** The frames as one WebSocket message; a reference of its own for the caller, with its own indices. */
    public ByteBuf message(Form form, List<Frame> frames) {
        return message(key(form, frames), form, frames);
    }

    private ByteBuf message(long key, Form form, List<Frame> frames) {
        Shared message = messages.get(key);
        if (message == null) {
            messages.put(key, SEEN_ONCE);
            return make(form, frames);
        }
        if (message == SEEN_ONCE) {
            message = new Shared(form, List.copyOf(frames), make(form, frames));
            messages.put(key, message);
        } else if (message.form != form || !Frame.areSame(message.frames, frames)) {
            return make(form, frames);
        }
        message.takers++;
        if (message.takers == WHOLE_TAKERS) {
            deflateWhole(message, form, frames);
        }
        return message.bytes.retainedDuplicate();
    }

    private ByteBuf make(Form form, List<Frame> frames) {
        return histories == null || Frame.allIn(frames, form)
                ? WebSocketMessage.of(allocator, form, frames)
                : histories.alone(form, frames);
    }

    /** Frames compare by identity, which is what they are: each is made once. */
    private static long key(Form form, List<Frame> frames) {
        long key = form.bit();
        for (int i = 0; i < frames.size(); i++) {
            key = (key ^ frames.get(i).hashCode()) * GOLDEN_SECTION;
            key ^= key >>> Integer.SIZE;
        }
        return key;
    }

    private void deflateWhole(Shared message, Form form, List<Frame> frames) {
        int bytes = Frame.allIn(frames, form) ? WholeMessages.bytes(form, frames, message.bytes) : 0;
        if (bytes == 0 || !budget.take(bytes)) {
            return;
        }
        ByteBuf made = whole.of(form, frames);
        boolean smaller = made.readableBytes() < message.bytes.readableBytes();
        (smaller ? message.bytes : made).release();
        message.bytes = smaller ? made : message.bytes;
    }

    /** The frames as server-sent events, borrowed. See {@link Events#of}. */
    public Events events(Form form, List<Frame> frames, int idFrame) {
        Events made = events.get(new EventsKey(form, idFrame, frames));
        if (made == null) {
            made = Events.of(allocator, form, frames, idFrame);
            events.put(new EventsKey(form, idFrame, List.copyOf(frames)), made);
        }
        return made;
    }

    /** Different messages asked for since the last {@link #clear()}. */
    public int size() {
        return messages.size() + events.size();
    }

    /** Drops this cache's references. */
    public void clear() {
        messages.values().forEach(message -> message.bytes.release());
        messages.clear();
        budget.renew();
        events.values().forEach(each -> each.bytes().release());
        events.clear();
        if (histories != null) {
            histories.clear();
        }
    }

    /** Frees native memory. */
    public void close() {
        clear();
        whole.close();
        if (histories != null) {
            histories.close();
        }
    }

    private static final class Shared {
        private final Form form;
        private final List<Frame> frames;
        private ByteBuf bytes;
        /** One of them has a message of its own. */
        private int takers = 1;

        Shared(Form form, List<Frame> frames, ByteBuf bytes) {
            this.form = form;
            this.frames = frames;
            this.bytes = bytes;
        }
    }

    private record EventsKey(Form form, int idFrame, List<Frame> frames) {}
}
