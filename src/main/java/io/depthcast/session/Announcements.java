package io.depthcast.session;

import io.depthcast.auth.Entitlements;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.fanout.MessageCache;
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
    private final MessageCache messages;
    /** Made when somebody is to be told. */
    private @Nullable Frame instruments;

    /** @param listener hears of the encodings made here */
    public Announcements(ByteBufAllocator allocator, InstrumentDirectory directory, FrameEncoder.Listener listener) {
        this.allocator = allocator;
        this.encoder = new FrameEncoder(allocator, listener);
        this.directory = directory;
        this.messages = new MessageCache(allocator);
    }

    private Frame encode(List<ListedInstrument> listed, int forms) {
        return encoder.encode(0, 0, forms, (encoding, out) -> encoding.encodeInstruments(listed, out));
    }

    /** The definitions of what a client may see, in its form at least; owned by the caller. */
    Frame listing(Form form, Entitlements entitlements) {
        if (!entitlements.isEverything()) {
            return encode(directory.listedTo(entitlements), form.bit());
        }
        if (instruments == null) {
            instruments = encode(directory.listedTo(entitlements), Form.ALL_OF_OURS);
        }
        instruments.retain();
        return instruments;
    }

    /** What has become of an instrument, owned by the caller. */
    Frame status(ListedInstrument listed, int forms, long timeMicros) {
        return encoder.encode(
                0,
                0,
                forms,
                (encoding, out) -> encoding.encodeStatus(listed.instrument(), listed.status(), timeMicros, out));
    }

    /** For what is told to one client; to be cleared then. */
    MessageCache messages() {
        return messages;
    }

    /** They have changed. */
    void forgetInstruments() {
        if (instruments != null) {
            instruments.release();
            instruments = null;
        }
    }

    /** A heartbeat in every form, owned by the caller. */
    public Frame heartbeat(FeedStatus feed, long timeMicros) {
        return encoder.encode(
                0, 0, Form.ALL_OF_OURS, (encoding, out) -> encoding.encodeHeartbeat(feed, timeMicros, out));
    }

    /**
     * How often flushes take place from here on, owned by the caller.
     *
     * @param usualMillis between two flushes where there is no overload
     */
    public Announcement flushInterval(int usualMillis, int millis) {
        ByteBuf json = allocator.directBuffer();
        if (millis > usualMillis) {
            Notices.overloaded(millis, json);
        } else {
            Notices.recovered(usualMillis, json);
        }
        return new Announcement(json, WebSocketMessage.text(allocator, json));
    }

    public void close() {
        forgetInstruments();
        messages.close();
        encoder.close();
    }
}
