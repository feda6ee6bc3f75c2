package io.depthcast.session;

import io.depthcast.auth.Identity;
import io.depthcast.fanout.MessageCache;
import io.depthcast.metrics.RateLimit;
import io.depthcast.wire.Command;
import io.depthcast.wire.CommandParser;
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
    private final CommandDesk desk;
    /** Null while nothing is missing in them. */
    private @Nullable CommandBudgets budgets;

    public Session(String id, Form form, Identity client, ClientSocket socket, SessionContext shared, long nowNanos) {
        super(id, form, client, socket, new PingProbe(shared.allocator()), shared, nowNanos);
        this.desk = new CommandDesk(this);
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
        outbox().write(text(out -> Welcome.write(id(), shared(), lastClose, out)));
        desk.renewal().announceInstruments();
        socket().flush();
    }

    /** @param text valid UTF-8 */
    public void onText(ByteBuf text, long now) {
        heard(now);
        if (!budgets(now).commands.tryTake(1, now)) {
            shared().meters().rateLimited(RateLimit.COMMANDS);
            refuseRate(now);
            return;
        }
        ParsedCommand parsed = CommandParser.parse(text);
        if (parsed instanceof Refusal refusal) {
            desk.refuse(refusal, null);
        } else if (parsed instanceof Command command) {
            desk.carryOut(command, now);
            askLater();
        }
    }

    private void refuseRate(long now) {
        int perSecond = shared().limits().commandsPerSecond();
        if (budgets(now).refusals.tryTake(1, now)) {
            String reason = "command dropped: at most " + perSecond + " a second; put many symbols into one command";
            desk.refuse(new Refusal(null, ErrorCode.RATE_LIMITED, reason), null);
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
        outbox().send(announcement.message().retainedDuplicate());
    }

    @Override
    ByteBuf message(List<Frame> frames, MessageCache messages) {
        return messages.message(form(), frames);
    }

    @Override
    public void tell(Consumer<ByteBuf> json) {
        outbox().send(text(json));
    }

    private ByteBuf text(Consumer<ByteBuf> json) {
        ByteBuf text = shared().allocator().directBuffer();
        try {
            json.accept(text);
            return WebSocketMessage.text(shared().allocator(), text);
        } finally {
            text.release();
        }
    }
}
