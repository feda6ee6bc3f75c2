package io.depthcast.session;

import io.depthcast.limit.TokenBucket;
import io.depthcast.metrics.EncodingMeters;
import io.depthcast.metrics.RateLimit;
import io.depthcast.wire.Command;
import io.depthcast.wire.CommandParser;
import io.depthcast.wire.ControlMessages;
import io.depthcast.wire.ErrorCode;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.ParsedCommand;
import io.depthcast.wire.Refusal;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One WebSocket client: answers its commands, takes its frames, watches that it is alive. One gateway loop. */
public final class Session extends Subscriber {
    private static final int REFUSALS_PER_SECOND = 1;
    private static final int REFUSAL_BURST = 3;

    private final String id;
    private final Form form;
    private final ClientSocket socket;
    private final SessionContext shared;
    private final EncodingMeters meters;
    private final CommandDesk desk;
    private final Liveness liveness;
    private final TokenBucket commands;
    private final TokenBucket refusals;
    private final TokenBucket pings;

    public Session(String id, Form form, ClientSocket socket, SessionContext shared, long nowNanos) {
        this.id = id;
        this.form = form;
        this.socket = socket;
        this.shared = shared;
        LimitSettings limits = shared.limits();
        this.meters = shared.meters().encoding(form.encoding().name());
        this.desk = new CommandDesk(this, shared);
        this.liveness = new Liveness(socket, limits, nowNanos);
        this.commands = new TokenBucket(limits.commandsPerSecond(), limits.commandBurst(), nowNanos);
        this.refusals = new TokenBucket(REFUSALS_PER_SECOND, REFUSAL_BURST, nowNanos);
        this.pings = new TokenBucket(limits.pingsPerSecond(), limits.pingBurst(), nowNanos);
    }

    /** Greets the client. */
    public void open() {
        LimitSettings limits = shared.limits();
        Map<String, Long> told = new LinkedHashMap<>();
        told.put("messageBytes", (long) limits.messageBytes());
        told.put("commandsPerSecond", (long) limits.commandsPerSecond());
        told.put("subscriptions", (long) limits.subscriptions());
        tell(out -> ControlMessages.welcome(
                id,
                shared.server(),
                shared.wallMicros().getAsLong(),
                shared.streams().flushMillis(),
                told,
                out));
        ByteBuf instruments = shared.announcements().instruments(form);
        if (instruments != null) {
            socket.send(instruments);
        }
    }

    /** @param text valid UTF-8 */
    public void onText(ByteBuf text, long nowNanos) {
        liveness.heard(nowNanos);
        if (!commands.tryTake(1, nowNanos)) {
            refuseRate(nowNanos);
            return;
        }
        ParsedCommand parsed = CommandParser.parse(text);
        if (parsed instanceof Refusal refusal) {
            refuse(refusal, null);
        } else if (parsed instanceof Command command) {
            desk.carryOut(command, nowNanos);
        }
    }

    private void refuseRate(long nowNanos) {
        shared.meters().rateLimited(RateLimit.COMMANDS);
        int perSecond = shared.limits().commandsPerSecond();
        if (refusals.tryTake(1, nowNanos)) {
            String reason = "command dropped: at most " + perSecond + " a second; put many symbols into one command";
            refuse(new Refusal(null, ErrorCode.RATE_LIMITED, reason), null);
        } else {
            socket.close(new CloseReason(CloseReason.COMMAND_RATE, "more than " + perSecond + " commands a second"));
        }
    }

    /** @param payload borrowed */
    public void onPing(ByteBuf payload, long nowNanos) {
        liveness.heard(nowNanos);
        if (pings.tryTake(1, nowNanos)) {
            socket.send(WebSocketMessage.pong(shared.allocator(), payload));
        } else {
            shared.meters().rateLimited(RateLimit.PINGS);
            String reason = "more than " + shared.limits().pingsPerSecond() + " pings a second";
            socket.close(new CloseReason(CloseReason.POLICY_VIOLATION, reason));
        }
    }

    public void onPong(long nowNanos) {
        liveness.heard(nowNanos);
    }

    /** The socket has room again: catch up, by version, with everything that was left out. */
    public void onWritable(long nowNanos) {
        desk.subscriptions().catchUp(nowNanos);
    }

    /** To be called about once a second. */
    public void onTick(long nowNanos) {
        switch (liveness.check(desk.subscriptions().count(), nowNanos)) {
            case WELL -> {}
            case PING_DUE -> socket.send(WebSocketMessage.ping(shared.allocator(), nowNanos));
            case NO_PONG ->
                socket.close(new CloseReason(
                        CloseReason.NO_PONG, "no pong within " + shared.limits().pongSeconds() + " s"));
            case IDLE ->
                socket.close(new CloseReason(
                        CloseReason.NOTHING_SUBSCRIBED,
                        "nothing subscribed for " + shared.limits().unsubscribedSeconds() + " s"));
            case STALLED -> {
                shared.meters().slowConsumerAborted();
                socket.abort();
            }
        }
    }

    /** Nothing more is sent. Also called when the connection is gone without a close. */
    public void onClosed() {
        desk.subscriptions().leaveAll();
    }

    /** Sends a heartbeat, borrowed, if there is room. */
    public void heartbeat(Frame frame, MessageCache messages) {
        if (hasRoom()) {
            socket.send(messages.message(form, List.of(frame)));
        }
    }

    /** Sends what everybody is told, whether there is room or not. Takes the message over. */
    public void announce(ByteBuf message) {
        socket.send(message);
    }

    /** Closes the connection in good order. */
    public void close(CloseReason reason) {
        socket.close(reason);
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public boolean hasRoom() {
        boolean room = socket.isWritable();
        if (!room) {
            liveness.behind();
        }
        return room;
    }

    @Override
    protected void send(List<Frame> frames, MessageCache messages) {
        ByteBuf message = messages.message(form, frames);
        meters.frameSent(message.readableBytes());
        socket.send(message);
    }

    @Override
    public void onFailure() {
        close(CloseReason.INTERNAL_ERROR, "the gateway failed; reconnect");
    }

    void refuse(Refusal refusal, @Nullable String symbol) {
        tell(out -> ControlMessages.error(refusal, symbol, out));
    }

    void tell(Consumer<ByteBuf> writer) {
        ByteBuf text = shared.allocator().directBuffer();
        try {
            writer.accept(text);
            socket.send(WebSocketMessage.text(shared.allocator(), text));
        } finally {
            text.release();
        }
    }

    void close(int code, String reason) {
        socket.close(new CloseReason(code, reason));
    }
}
