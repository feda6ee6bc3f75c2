package io.depthcast.session;

import io.depthcast.limit.Address;
import io.depthcast.limit.TokenBucket;
import io.depthcast.metrics.EncodingMeters;
import io.depthcast.metrics.RateLimit;
import io.depthcast.wire.Command;
import io.depthcast.wire.CommandParser;
import io.depthcast.wire.ControlMessages;
import io.depthcast.wire.ErrorCode;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.Notices;
import io.depthcast.wire.ParsedCommand;
import io.depthcast.wire.Refusal;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket client: answers its commands, takes its frames, watches that it is alive and keeps up. One gateway loop.
 */
public final class Session extends Subscriber {
    private static final int REFUSALS_PER_SECOND = 1;
    private static final int REFUSAL_BURST = 3;
    /** How much longer or shorter than configured a connection may last. */
    private static final double LIFETIME_SPREAD = 0.1;

    private final String id;
    private final Form form;
    private final ClientSocket socket;
    private final SessionContext shared;
    private final EncodingMeters meters;
    private final Outbox outbox;
    private final CommandDesk desk;
    private final Liveness liveness;
    private final TokenBucket commands;
    private final TokenBucket refusals;
    private final TokenBucket pings;
    private final long openedNanos;
    private final long endNanos;

    public Session(String id, Form form, ClientSocket socket, SessionContext shared, long nowNanos) {
        this.id = id;
        this.form = form;
        this.socket = socket;
        this.shared = shared;
        this.openedNanos = nowNanos;
        this.endNanos = nowNanos + lifetimeNanos(shared);
        LimitSettings limits = shared.limits();
        this.meters = shared.meters().encoding(form.encoding().name());
        this.outbox = new Outbox(this, socket, shared, nowNanos);
        this.desk = new CommandDesk(this, shared, nowNanos);
        this.liveness = new Liveness(socket, limits, outbox.outflow(), outbox.fairNanos());
        this.commands = new TokenBucket(limits.commandsPerSecond(), limits.commandBurst(), nowNanos);
        this.refusals = new TokenBucket(REFUSALS_PER_SECOND, REFUSAL_BURST, nowNanos);
        this.pings = new TokenBucket(limits.pingsPerSecond(), limits.pingBurst(), nowNanos);
    }

    private static long lifetimeNanos(SessionContext shared) {
        double share = shared.random().nextDouble(1 - LIFETIME_SPREAD, 1 + LIFETIME_SPREAD);
        return (long) (TimeUnit.SECONDS.toNanos(shared.pace().lifetimeSeconds()) * share);
    }

    /** Told in the welcome too. */
    @Override
    public String id() {
        return id;
    }

    /** Where the client is, behind any trusted proxy. */
    public Address address() {
        return socket.address();
    }

    /** Greets a client of whose former sessions nothing is known. */
    public void open() {
        open(null);
    }

    /**
     * Greets the client.
     *
     * @param lastClose why its former session was closed, null if that is not known
     */
    public void open(@Nullable CloseReason lastClose) {
        tell(out -> Welcome.write(id, shared, lastClose, out));
        ByteBuf instruments = shared.announcements().instruments(form);
        if (instruments != null) {
            outbox.send(instruments);
        }
    }

    /** @param text valid UTF-8 */
    public void onText(ByteBuf text, long now) {
        outbox.setTime(now);
        liveness.heard(outbox.fairNanos());
        if (!commands.tryTake(1, now)) {
            shared.meters().rateLimited(RateLimit.COMMANDS);
            refuseRate(now);
            return;
        }
        ParsedCommand parsed = CommandParser.parse(text);
        if (parsed instanceof Refusal refusal) {
            refuse(refusal, null);
        } else if (parsed instanceof Command command) {
            desk.carryOut(command, now);
            if (desk.subscriptions().hasUnasked()) {
                outbox.owe();
                outbox.catchUp();
            }
        }
    }

    private void refuseRate(long now) {
        int perSecond = shared.limits().commandsPerSecond();
        if (refusals.tryTake(1, now)) {
            String reason = "command dropped: at most " + perSecond + " a second; put many symbols into one command";
            refuse(new Refusal(null, ErrorCode.RATE_LIMITED, reason), null);
        } else {
            close(CloseReason.COMMAND_RATE, "more than " + perSecond + " commands a second");
        }
    }

    /** @param payload borrowed */
    public void onPing(ByteBuf payload, long now) {
        outbox.setTime(now);
        liveness.heard(outbox.fairNanos());
        if (pings.tryTake(1, now)) {
            outbox.send(WebSocketMessage.pong(shared.allocator(), payload));
        } else {
            shared.meters().rateLimited(RateLimit.PINGS);
            String reason = "more than " + shared.limits().pingsPerSecond() + " pings a second";
            close(CloseReason.POLICY_VIOLATION, reason);
        }
    }

    /** @param payload borrowed; only that of the ping under way acknowledges anything */
    public void onPong(ByteBuf payload, long now) {
        outbox.setTime(now);
        liveness.heard(outbox.fairNanos());
        outbox.acknowledged(payload);
    }

    /** The socket has room again: catch up, by version, with everything that was left out. */
    public void onWritable(long now) {
        outbox.setTime(now);
        outbox.catchUp();
    }

    /** To be called a few times a second. */
    public void onTick(long now) {
        outbox.setTime(now);
        switch (liveness.check(desk.subscriptions().count(), outbox.fairNanos())) {
            case WELL -> {}
            case PING_DUE -> outbox.probe();
            case NO_PONG ->
                close(CloseReason.NO_PONG, "no pong within " + shared.limits().pongSeconds() + " s");
            case IDLE ->
                close(
                        CloseReason.NOTHING_SUBSCRIBED,
                        "nothing subscribed for " + shared.limits().unsubscribedSeconds() + " s");
            case STALLED -> {
                shared.meters().slowConsumerAborted();
                String reason =
                        "slow consumer: took no byte for " + shared.limits().stalledSeconds() + " s";
                socket.abort(new CloseReason(CloseReason.SLOW_CONSUMER, reason));
                onClosed();
            }
        }
        outbox.tick(mergedUpdates());
        if (now - endNanos >= 0) {
            close(CloseReason.RESTART, "a connection lasts " + age(now) + "; reconnect and resume");
        }
    }

    /** Such as {@code 23.8 h}. */
    private String age(long now) {
        return String.format(Locale.ROOT, "%.1f h", (now - openedNanos) / (double) TimeUnit.HOURS.toNanos(1));
    }

    /** Nothing more is sent. Also called when the connection is gone without a close. */
    public void onClosed() {
        if (!outbox.isClosed()) {
            outbox.close(mergedUpdates());
            desk.subscriptions().leaveAll();
        }
    }

    /** Sends a heartbeat, borrowed, also to a client that awaits its next merged message; not where it would queue. */
    public void heartbeat(Frame frame, MessageCache messages, long now) {
        outbox.setTime(now);
        if (socket.isWritable() && outbox.outflow().rung() != Rung.SLOW) {
            outbox.send(messages.message(form, List.of(frame)));
        }
    }

    /** What this client gets per second at most from now on, in bytes; returns what applies. */
    int limit(int bytesPerSecond) {
        return outbox.limit(bytesPerSecond);
    }

    /** Sends what everybody is told, whether there is room or not. Takes the message over. */
    public void announce(ByteBuf message) {
        outbox.send(message);
    }

    /** This node is going away. */
    public void announceDrain(int reconnectAfterMillis) {
        tell(out -> Notices.draining(reconnectAfterMillis, out));
    }

    /** Closes the connection in good order; the first reason counts. */
    public void close(CloseReason reason) {
        if (!outbox.isClosed()) {
            socket.close(reason);
            onClosed();
        }
    }

    void close(int code, String reason) {
        close(new CloseReason(code, reason));
    }

    @Override
    public void onFailure() {
        close(CloseReason.INTERNAL_ERROR, "the gateway failed; reconnect");
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public boolean hasRoom(long now) {
        return outbox.hasRoomForDue(now);
    }

    @Override
    protected int allowanceBytes() {
        return outbox.allowanceBytes();
    }

    /** Who gets one message at a time asks when its ping is answered, for an answer before that finds no room. */
    @Override
    public boolean keepsUp() {
        boolean live = !outbox.outflow().isOneAtATime();
        if (!live) {
            outbox.owe();
            if (outbox.outflow().rung() != Rung.LIVE) {
                delivered().forEach(Subscription::leaveOut);
            }
        }
        return live;
    }

    @Override
    protected void onLeftOut() {
        outbox.owe();
    }

    @Override
    protected void send(List<Frame> frames, MessageCache messages) {
        ByteBuf message = messages.message(form, frames);
        meters.frameSent(message.readableBytes());
        outbox.sendData(message);
    }

    /** Asks for what has been left out, as much as one message may hold; returns whether there is more. */
    boolean askWhatIsOwed(int allowanceBytes, long now) {
        return desk.subscriptions().catchUp(allowanceBytes, now);
    }

    void refuse(Refusal refusal, @Nullable String symbol) {
        tell(out -> ControlMessages.error(refusal, symbol, out));
    }

    void tell(Consumer<ByteBuf> writer) {
        ByteBuf text = shared.allocator().directBuffer();
        try {
            writer.accept(text);
            outbox.send(WebSocketMessage.text(shared.allocator(), text));
        } finally {
            text.release();
        }
    }

    /** This client as it is now. */
    public SessionView view(long now) {
        return new SessionView(
                id,
                address(),
                form.encoding().subprotocol(),
                TimeUnit.NANOSECONDS.toMillis(now - openedNanos),
                desk.subscriptions().count(),
                outbox.ladder().pendingBytes(),
                outbox.ladder().behindMillis(shared.waitingRoom().fairNanos(now)),
                outbox.outflow().rung(),
                outbox.bytesSent(),
                outbox.framesSent(),
                mergedUpdates());
    }
}
