package io.depthcast.session;

import io.depthcast.book.Instrument;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.fanout.MessageCache;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.EventText;
import io.depthcast.wire.Events;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.GzipTrailer;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of server-sent events. It says what it wants once, in its request, and only reads from then on. It can answer
 * no ping; what it is known to have taken is what its socket has taken.
 *
 * <p>An event's id is the version of the only stream, or of the only book among several streams: who comes back with it is
 * told what changed in that stream since. Several books would need several versions; they start with snapshots, and the id
 * tells no more than how far the client was. One gateway loop.
 */
public final class EventStream extends PacedSubscriber {
    /** Clients that lose their node at once come back spread over some seconds. */
    private static final long MIN_RETRY_MILLIS = 1_000;

    private static final long MAX_RETRY_MILLIS = 5_000;

    private final @Nullable GzipTrailer trailer;
    /** The channel whose one stream the ids are versions of. */
    private final @Nullable Channel named;
    /** How long the client shall wait before it reconnects. */
    private long retryMillis;

    /** @param form JSON, plain or with the full window for a client that takes gzip */
    private EventStream(
            String id, Form form, ClientSocket socket, SessionContext shared, EventRequest request, long nowNanos) {
        super(id, form, request.client(), socket, new TakenProbe(), shared, nowNanos);
        this.trailer = form.isDeflated() ? new GzipTrailer() : null;
        this.named = request.named(shared.directory());
        this.retryMillis = shared.random().nextLong(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
    }

    /** Subscribes to all that a client asked for; one that asked for more than the limit is told so and let go. */
    public static EventStream open(
            String id, Form form, ClientSocket socket, SessionContext shared, EventRequest request, long nowNanos) {
        EventStream stream = new EventStream(id, form, socket, shared, request, nowNanos);
        stream.write(out -> EventText.retry(stream.retryMillis, out));
        stream.subscribe(request, nowNanos);
        return stream;
    }

    private void subscribe(EventRequest request, long nowNanos) {
        InstrumentDirectory directory = shared().directory();
        Set<String> symbols = new LinkedHashSet<>();
        for (Command.Subscribe command : request.commands()) {
            if (Command.isEverySymbol(command.symbols())) {
                subscriptions().stand(command);
            }
            Command.Subscribe resumed = request.resumed(command, directory);
            for (Instrument instrument : request.instruments(command, directory)) {
                if (subscriptions().subscribe(resumed, instrument, nowNanos) != Subscriptions.Outcome.SUBSCRIBED) {
                    int most = shared().limits().subscriptions();
                    close(CloseReason.TOO_MANY_SUBSCRIPTIONS, "at most " + most + " streams a connection");
                    return;
                }
                symbols.add(instrument.symbol());
            }
        }
        Confirmation.tellStatuses(this, symbols);
        askLater();
    }

    @Override
    String transport() {
        return "sse";
    }

    /** The client has no way to say that it is there; what shows it is that it takes what is sent. */
    @Override
    public void onTick(long now) {
        heard(now);
        super.onTick(now);
    }

    /** A browser takes in when to come back at once, however the stream ends. */
    @Override
    public void announceDrain(int reconnectAfterMillis) {
        retryMillis = reconnectAfterMillis;
        super.announceDrain(reconnectAfterMillis);
        write(out -> EventText.retry(retryMillis, out));
    }

    @Override
    void sayGoodbye(CloseReason reason) {
        write(out -> {
            EventText.close(reason.code(), reason.text(), out);
            EventText.retry(retryMillis, out);
        });
        if (trailer != null) {
            ByteBuf end = shared().allocator().directBuffer();
            trailer.write(end);
            outbox().send(end);
        }
    }

    @Override
    ByteBuf message(List<Frame> frames, MessageCache messages) {
        return taken(messages.events(form(), frames, idFrame(frames))).retainedDuplicate();
    }

    /** The frame whose version is the id of what is delivered, or -1. */
    private int idFrame(List<Frame> frames) {
        int found = -1;
        for (int i = 0; i < delivered().size(); i++) {
            Channel channel = delivered().get(i).key().channel();
            // The versions of tapes are trade ids, which cannot be compared with the others' sequence numbers.
            boolean counts = named == null ? channel != Channel.TRADES : channel == named;
            if (counts
                    && (found < 0
                            || frames.get(i).version() >= frames.get(found).version())) {
                found = i;
            }
        }
        return found;
    }

    /** The bytes of events that are sent next. */
    private ByteBuf taken(Events events) {
        if (trailer != null) {
            trailer.add(events);
        }
        return events.bytes();
    }

    @Override
    public void announce(Announcement announcement) {
        tell(out -> out.writeBytes(announcement.json().duplicate()));
    }

    @Override
    void tell(Consumer<ByteBuf> json) {
        write(out -> EventText.notice(json, out));
    }

    private void write(Consumer<ByteBuf> writer) {
        ByteBuf text = shared().allocator().directBuffer();
        writer.accept(text);
        outbox().send(taken(Events.ofText(shared().allocator(), form(), text)));
    }
}
