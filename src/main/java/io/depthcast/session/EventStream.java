package io.depthcast.session;

import io.depthcast.book.Instrument;
import io.depthcast.limit.Address;
import io.depthcast.metrics.EncodingMeters;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.EventText;
import io.depthcast.wire.Events;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.GzipTrailer;
import io.depthcast.wire.Notices;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of server-sent events. It says what it wants once, in its request, and only reads from then on.
 *
 * <p>An event's id is the version of the only stream, or of the only book among several streams: who comes back with it is
 * told what changed in that stream since. Several books would need several versions; they start with snapshots, and the id
 * tells no more than how far the client was. One gateway loop.
 */
public final class EventStream extends Subscriber implements WaitingRoom.Guest {
    private final Form form;
    private final ClientSocket socket;
    private final SessionContext shared;
    private final EncodingMeters meters;
    private final Outflow outflow;
    private final Liveness liveness;
    private final Subscriptions subscriptions;
    private final @Nullable GzipTrailer trailer;
    private final @Nullable Channel named;
    /** Monotonic time of the call that is being handled. */
    private long nowNanos;
    /** Whether something due has been left out or not been asked for, and whether the waiting room knows. */
    private boolean owed;

    private boolean waiting;
    private boolean ended;

    /**
     * @param form JSON, plain or with the full window for a client that takes gzip
     * @param named the channel whose one stream the ids are versions of, or null
     */
    private EventStream(Form form, ClientSocket socket, SessionContext shared, @Nullable Channel named, long nowNanos) {
        this.form = form;
        this.socket = socket;
        this.shared = shared;
        this.meters = shared.meters().encoding(form.encoding().name());
        this.nowNanos = nowNanos;
        // Without probes: of its byte budget only, for this client cannot answer anything.
        this.outflow = new Outflow(shared.pace(), shared.streams().flushMillis(), nowNanos);
        this.liveness = new Liveness(socket, shared.limits(), outflow, nowNanos);
        this.subscriptions = new Subscriptions(this, shared, nowNanos);
        this.trailer = form.isDeflated() ? new GzipTrailer() : null;
        this.named = named;
    }

    /**
     * Subscribes to all that a client asked for.
     *
     * @param request no more streams than the limit
     * @param retryMillis how long the client shall wait before it reconnects
     */
    public static EventStream open(
            Form form,
            ClientSocket socket,
            SessionContext shared,
            EventRequest request,
            long retryMillis,
            long nowNanos) {
        InstrumentDirectory directory = shared.directory();
        EventStream stream = new EventStream(form, socket, shared, request.named(directory), nowNanos);
        stream.tell(out -> EventText.retry(retryMillis, out));
        for (Command.Subscribe command : request.commands()) {
            Command.Subscribe resumed = request.resumed(command, directory);
            for (Instrument instrument : request.instruments(command, directory)) {
                stream.subscribe(resumed, instrument, nowNanos);
            }
        }
        if (stream.subscriptions.hasUnasked()) {
            stream.owe();
        }
        return stream;
    }

    private void subscribe(Command.Subscribe command, Instrument instrument, long nowNanos) {
        if (subscriptions.subscribe(command, instrument, nowNanos) != Subscriptions.Outcome.SUBSCRIBED) {
            throw new IllegalArgumentException(
                    "expected no more than " + shared.limits().subscriptions() + " streams");
        }
    }

    /** The socket has room again: catch up, by version, with everything that was left out. */
    public void onWritable(long now) {
        nowNanos = now;
        catchUp();
    }

    private void owe() {
        owed = true;
        if (!waiting) {
            waiting = true;
            shared.waitingRoom().add(this);
        }
    }

    private void catchUp() {
        if (owed && isOpen()) {
            owed = subscriptions.catchUp(Integer.MAX_VALUE, nowNanos);
        }
    }

    @Override
    public boolean stillWaits(long now) {
        nowNanos = now;
        catchUp();
        waiting = owed && !ended;
        return waiting;
    }

    /** To be called a few times a second. */
    public void onTick(long now) {
        nowNanos = now;
        // The client has no way to say that it is there; what shows it is that it takes what is sent.
        liveness.heard(now);
        if (liveness.check(subscriptions.count(), now) == Liveness.State.STALLED) {
            shared.meters().slowConsumerAborted();
            String reason = "slow consumer: took no byte for " + shared.limits().stalledSeconds() + " s";
            socket.abort(new CloseReason(CloseReason.SLOW_CONSUMER, reason));
        }
    }

    /** Nothing more is sent. Also called when the connection is gone without a close. */
    public void onClosed() {
        ended = true;
        subscriptions.leaveAll();
    }

    /** Sends a heartbeat, borrowed, if there is room. */
    public void heartbeat(Frame frame, MessageCache messages) {
        if (isOpen()) {
            send(messages.events(form, List.of(frame), -1));
        }
    }

    /** Where the client is, behind any trusted proxy. */
    public Address address() {
        return socket.address();
    }

    /** Says that this node goes away and when to reconnect, then ends the stream in good order. */
    public void drain(long reconnectAfterMillis) {
        tell(out -> {
            EventText.notice(json -> Notices.draining(reconnectAfterMillis, json), out);
            EventText.retry(reconnectAfterMillis, out);
        });
        end(new CloseReason(CloseReason.GOING_AWAY, "the gateway shuts down; reconnect elsewhere"));
    }

    private void end(CloseReason reason) {
        if (ended) {
            return;
        }
        if (trailer != null) {
            ByteBuf end = shared.allocator().directBuffer();
            trailer.write(end);
            socket.send(end);
        }
        ended = true;
        socket.close(reason);
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public boolean hasRoom(long now) {
        nowNanos = now;
        boolean room = isOpen();
        if (!room && !ended) {
            owe();
        }
        return room;
    }

    private boolean isOpen() {
        return !ended && outflow.hasRoom(socket.isWritable(), nowNanos);
    }

    @Override
    protected void send(List<Frame> frames, MessageCache messages) {
        Events events = messages.events(form, frames, idFrame(frames));
        meters.frameSent(events.bytes().readableBytes());
        send(events);
    }

    /** The frame whose version is the id of what is delivered, or -1. */
    private int idFrame(List<Frame> frames) {
        int found = -1;
        for (int i = 0; i < frames.size(); i++) {
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

    private void send(Events events) {
        if (trailer != null) {
            trailer.add(events);
        }
        outflow.sent(events.bytes().readableBytes(), nowNanos);
        socket.send(events.bytes().retainedDuplicate());
    }

    @Override
    public void onFailure() {
        end(new CloseReason(CloseReason.INTERNAL_ERROR, "the gateway failed; reconnect"));
    }

    private void tell(Consumer<ByteBuf> writer) {
        if (ended) {
            return;
        }
        ByteBuf text = shared.allocator().directBuffer();
        writer.accept(text);
        Events events = Events.ofText(shared.allocator(), form, text);
        send(events);
        events.bytes().release();
    }
}
