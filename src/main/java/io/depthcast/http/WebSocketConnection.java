package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.metrics.Meters;
import io.depthcast.session.CloseReason;
import io.depthcast.session.Session;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket after the handshake: passes on what the frame guard lets through, and closes with a frame. Its gateway loop
 * only.
 */
final class WebSocketConnection extends ClientConnection implements FrameGuard.Inbound {
    /** Who is told how the connection ends. */
    interface End {
        /** We end it, for this reason; the client is told, or will be when it comes back. */
        void closing(CloseReason reason);

        /** @param code of the close frame, 1006 if there was none */
        void gone(int code);
    }

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
    /** How long a client may take to answer a close frame. */
    private static final int CLOSE_SECONDS = 3;

    private @Nullable Session session;
    private @Nullable End end;
    private @Nullable Address address;
    private boolean gone;

    WebSocketConnection(Channel channel, Meters meters) {
        super(channel, meters);
    }

    /** From here on what the client sends goes to the session. */
    void attach(Session to, Address from, End whenEnded) {
        session = to;
        address = from;
        end = whenEnded;
    }

    @Override
    public Address address() {
        return Objects.requireNonNull(address, "asked before there is a session");
    }

    /** Whether the connection ended before there was a session to tell. */
    boolean isGone() {
        return gone;
    }

    @Override
    public void close(CloseReason reason) {
        if (!isClosing()) {
            tellWhy(reason);
            sendClose(reason);
        }
    }

    private void tellWhy(CloseReason reason) {
        if (end != null) {
            end.closing(reason);
        }
    }

    private void sendClose(CloseReason reason) {
        send(WebSocketMessage.close(channel().alloc(), said(reason.code()), reason.text()));
        closing(reason.code(), CLOSE_SECONDS);
        if (session != null) {
            session.onClosed();
        }
    }

    /** A code as the client's dialect has it; in the log and the metrics it is ours. */
    private int said(int code) {
        return session == null ? code : session.form().dialect().closeCode(code);
    }

    @Override
    public void abort(CloseReason reason) {
        if (!isClosing()) {
            tellWhy(reason);
        }
        cut();
    }

    @Override
    public void onText(ByteBuf text) {
        if (session != null && !isClosing()) {
            session.onText(text, System.nanoTime());
        }
    }

    @Override
    public void onPing(ByteBuf payload) {
        if (session != null && !isClosing()) {
            session.onPing(payload, System.nanoTime());
        }
    }

    @Override
    public void onPong(ByteBuf payload) {
        if (session != null && !isClosing()) {
            session.onPong(payload, System.nanoTime());
        }
    }

    @Override
    public void onClose(int code) {
        if (!isClosing()) {
            sendClose(new CloseReason(code, ""));
        }
        end();
    }

    @Override
    public void onViolation(CloseReason reason) {
        close(reason);
    }

    @Override
    public void onWritabilityChanged() {
        if (session != null && isWritable()) {
            session.onWritable(System.nanoTime());
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        LOG.atError()
                .addKeyValue("session", session == null ? "none" : session.id())
                .setCause(cause)
                .log("a client is closed because its message could not be handled");
    }

    @Override
    public void onBroken() {
        cut();
    }

    @Override
    public void onGone() {
        gone = true;
        int code = ended();
        if (session != null) {
            session.onClosed();
        }
        if (end != null) {
            end.gone(code);
        }
    }
}
