package io.depthcast.session;

import io.depthcast.auth.Identity;
import io.depthcast.fanout.ClientWindow;
import io.depthcast.fanout.Heard;
import io.depthcast.fanout.MessageCache;
import io.depthcast.metrics.RateLimit;
import io.depthcast.wire.Dialects;
import io.depthcast.wire.ErrorCode;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.ParsedCommand;
import io.depthcast.wire.Refusal;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One WebSocket client: answers its commands and its pings, and hears from its pongs what it has taken. One gateway loop. */
public final class Session extends PacedSubscriber {
    /** A heartbeat is smaller, what becomes of one instrument too. */
    private static final int SMALL_NOTICE_BYTES = 512;

    private final Desk desk;
    /** Null if its dialect has other commands. */
    private final @Nullable StreamDesk streams;
    /** Null if it keeps none from one message to the next. */
    private final @Nullable ClientWindow window;
    /** Null while nothing is missing in them. */
    private @Nullable CommandBudgets budgets;

    public Session(String id, Form form, Identity client, ClientSocket socket, SessionContext shared, long nowNanos) {
        this(id, form, false, client, socket, shared, nowNanos);
    }

    /** @param keepsWindow whether it may be sent messages that refer to those before (RFC 7692, 7.1.1.1) */
    public Session(
            String id,
            Form form,
            boolean keepsWindow,
            Identity client,
            ClientSocket socket,
            SessionContext shared,
            long nowNanos) {
        super(id, form, client, socket, new PingProbe(shared.allocator()), shared, nowNanos);
        this.window = keepsWindow ? shared.streams().newWindow(form) : null;
        this.streams = dialect() == Dialects.BINANCE ? new StreamDesk(this) : null;
        this.desk = streams == null ? new CommandDesk(this) : streams;
    }

    private CommandBudgets budgets(long now) {
        if (budgets == null) {
            budgets = new CommandBudgets(shared().limits(), now);
        }
        return budgets;
    }

    @Override
    public void onTick(long now) {
        super.onTick(now);
        if (budgets != null && budgets.isFull(now)) {
            budgets = null;
        }
    }

    @Override
    String transport() {
        return "websocket";
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
        ByteBuf welcome = text(out -> dialect().welcome(Welcome.of(id(), shared(), lastClose), out));
        if (welcome != null) {
            outbox().write(welcome);
        }
        new Renewal(this).announceInstruments();
        socket().flush();
    }

    /**
     * Follows the streams that it named when it connected; none, where its dialect names none then.
     *
     * @param heard before it was told that it is connected
     */
    public void follow(List<String> names, Heard heard, long now) {
        if (streams != null && !streams.follow(names, heard, now)) {
            close(
                    CloseReason.TOO_MANY_SUBSCRIPTIONS,
                    "at most " + shared().limits().subscriptions() + " streams");
        }
        askLater();
    }

    /** Instruments have been listed that were not there before. */
    void onListed(long nowNanos) {
        if (streams != null) {
            streams.followAwaited(nowNanos);
        }
    }

    /** @param text valid UTF-8; one that is longer than a message of ours may be counts as several */
    public void onText(ByteBuf text, long now) {
        heard(now);
        int messages = 1 + (text.readableBytes() - 1) / shared().limits().messageBytes();
        if (!budgets(now).commands.tryTake(Math.min(messages, shared().limits().commandBurst()), now)) {
            shared().meters().rateLimited(RateLimit.COMMANDS);
            refuseRate(now);
            return;
        }
        ParsedCommand parsed = dialect().parse(text);
        if (parsed instanceof Refusal refusal) {
            refuse(refusal);
        } else {
            desk.carryOut(parsed, now);
            askLater();
        }
    }

    private void refuse(Refusal refusal) {
        tell(out -> dialect().error(refusal, null, out));
    }

    private void refuseRate(long now) {
        int perSecond = shared().limits().commandsPerSecond();
        if (budgets(now).refusals.tryTake(1, now)) {
            String reason = "command dropped: at most " + perSecond + " a second; put many symbols into one command";
            refuse(new Refusal(null, ErrorCode.RATE_LIMITED, reason));
        } else {
            close(CloseReason.COMMAND_RATE, "more than " + perSecond + " commands a second");
        }
    }

    /** @param payload borrowed */
    public void onPing(ByteBuf payload, long now) {
        heard(now);
        if (budgets(now).pings.tryTake(1, now)) {
            outbox().send(WebSocketMessage.pong(shared().allocator(), payload));
        } else {
            shared().meters().rateLimited(RateLimit.PINGS);
            String reason = "more than " + shared().limits().pingsPerSecond() + " pings a second";
            close(CloseReason.POLICY_VIOLATION, reason);
        }
    }

    /** @param payload borrowed; only that of the ping under way acknowledges anything */
    public void onPong(ByteBuf payload, long now) {
        heard(now);
        outbox().acknowledged(payload);
    }

    @Override
    public void announce(Announcement announcement) {
        if (dialect() == Dialects.DEPTHCAST) {
            outbox().send(announcement.message().retainedDuplicate());
        }
    }

    /** With a history it can do with plain frames, which are deflated as messages. */
    @Override
    protected int takenForms() {
        return window == null ? form().bit() : form().bit() | form().plain().bit();
    }

    /** With all that its history refers to it has no use for frames that are deflated alone. */
    @Override
    protected int wantedForms() {
        return window != null && window.isFull() ? form().plain().bit() : form().bit();
    }

    @Override
    ByteBuf message(List<Frame> frames, MessageCache messages) {
        return window == null ? messages.message(form(), frames) : messages.message(form(), frames, window);
    }

    /** What is small goes undeflated, past a window that is shared. */
    @Override
    void send(Frame frame, MessageCache messages) {
        if (window != null && window.isKnown() && isSmall(frame)) {
            outbox().send(messages.message(form().plain(), List.of(frame)));
        } else {
            super.send(frame, messages);
        }
    }

    private boolean isSmall(Frame frame) {
        return frame.says(form()) && frame.bytes(form().plain()).readableBytes() <= SMALL_NOTICE_BYTES;
    }

    @Override
    void tell(Consumer<ByteBuf> json) {
        ByteBuf message = text(json);
        if (message != null) {
            outbox().send(message);
        }
    }

    /** Null if there is nothing to say. */
    private @Nullable ByteBuf text(Consumer<ByteBuf> json) {
        ByteBuf text = shared().allocator().directBuffer();
        try {
            json.accept(text);
            return text.isReadable() ? WebSocketMessage.text(shared().allocator(), text) : null;
        } finally {
            text.release();
        }
    }
}
