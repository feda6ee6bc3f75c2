package io.depthcast.session;

import io.depthcast.auth.Entitlements;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.ListedInstrument;
import io.depthcast.wire.Notices;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gateway loop tells all its clients whatever they subscribed to: instruments and heartbeats. One loop. */
public final class Announcements {
    private final ByteBufAllocator allocator;
    private final FrameEncoder encoder;
    private final InstrumentDirectory directory;
    private final Frame instruments;

    /** @param listener hears of the encodings made here */
    public Announcements(ByteBufAllocator allocator, InstrumentDirectory directory, FrameEncoder.Listener listener) {
        this.allocator = allocator;
        this.encoder = new FrameEncoder(allocator, listener);
        this.directory = directory;
        this.instruments = encode(directory.listedTo(Entitlements.EVERYTHING));
    }

    private Frame encode(List<ListedInstrument> listed) {
        return encoder.encode(0, 0, Form.ALL, (encoding, out) -> encoding.encodeInstruments(listed, out));
    }

    /** The definitions of what a client may see as a message of the caller's own; null in an encoding that needs none. */
    @Nullable
    ByteBuf instruments(Form form, Entitlements entitlements) {
        if (!form.encoding().isBinary()) {
            return null;
        }
        if (entitlements.isEverything()) {
            return WebSocketMessage.of(allocator, form, List.of(instruments));
        }
        Frame visible = encode(directory.listedTo(entitlements));
        try {
            return WebSocketMessage.of(allocator, form, List.of(visible));
        } finally {
            visible.release();
        }
    }

    /** A heartbeat in every form, owned by the caller. */
    public Frame heartbeat(FeedStatus feed, long timeMicros) {
        return encoder.encode(0, 0, Form.ALL, (encoding, out) -> encoding.encodeHeartbeat(feed, timeMicros, out));
    }

    /**
     * How often flushes take place from here on, owned by the caller.
     *
     * @param stretch factor of the usual interval, 1 if there is no overload any more
     */
    public Announcement flushInterval(int flushMillis, int stretch) {
        ByteBuf json = allocator.directBuffer();
        if (stretch > 1) {
            Notices.overloaded(flushMillis * stretch, json);
        } else {
            Notices.recovered(flushMillis, json);
        }
        return new Announcement(json, WebSocketMessage.text(allocator, json));
    }

    public void close() {
        instruments.release();
        encoder.close();
    }
}
