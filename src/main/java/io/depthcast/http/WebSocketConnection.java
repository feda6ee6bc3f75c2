package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.metrics.Meters;
import io.depthcast.session.ClientSocket;
import io.depthcast.session.CloseReason;
import io.depthcast.session.Session;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket after the handshake: writes ready-made messages straight to the channel, past any encoder, and passes on
 * what the frame guard lets through. Its gateway loop only.
 */
final class WebSocketConnection implements ClientSocket, FrameGuard.Inbound {
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

    /** Bytes. What waits here is no longer merged, so it is little; what a client that keeps up gets at once passes. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    private final Channel channel;
    private final ChannelOutput output;
    private @Nullable Session session;
    private @Nullable End end;
    private @Nullable Address address;
    private int closeCode = CloseReason.ABNORMAL;
    private @Nullable Future<?> closeTimer;
    private boolean closing;
    private boolean gone;

    WebSocketConnection(Channel channel, Meters meters) {
        this.channel = channel;
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
        this.output = new ChannelOutput(channel, meters);
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
    public boolean isWritable() {
        return channel.isWritable() && !closing;
    }

    @Override
    public long takenBytes() {
        return output.takenBytes();
    }

    @Override
    public boolean hasPending() {
        return output.hasPending();
    }

    @Override
    public int pendingBytes() {
        return output.pendingBytes();
    }

    @Override
    public void write(ByteBuf message) {
        if (closing || gone) {
            message.release();
            return;
        }
        output.write(message);
    }

    @Override
    public void send(ByteBuf message) {
        write(message);
        output.flush();
    }

    @Override
    public void close(CloseReason reason) {
        if (!closing && !gone) {
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
        send(WebSocketMessage.close(channel.alloc(), reason.code(), reason.text()));
        closing = true;
        closeCode = reason.code();
        closeTimer = channel.eventLoop().schedule(this::cut, CLOSE_SECONDS, TimeUnit.SECONDS);
        if (session != null) {
            session.onClosed();
        }
    }

    @Override
    public void abort(CloseReason reason) {
        if (!closing && !gone) {
            tellWhy(reason);
        }
        cut();
    }

    /** Ends the connection at once. */
    void cut() {
        closing = true;
        output.abort();
    }

    @Override
    public void onText(ByteBuf text) {
        if (session != null && !closing) {
            session.onText(text, System.nanoTime());
        }
    }

    @Override
    public void onPing(ByteBuf payload) {
        if (session != null && !closing) {
            session.onPing(payload, System.nanoTime());
        }
    }

    @Override
    public void onPong(ByteBuf payload) {
        if (session != null && !closing) {
            session.onPong(payload, System.nanoTime());
        }
    }

    @Override
    public void onClose(int code) {
        if (!closing && !gone) {
            sendClose(new CloseReason(code, ""));
        }
        output.close();
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
        if (closeTimer != null) {
            closeTimer.cancel(false);
        }
        if (session != null) {
            session.onClosed();
        }
        if (end != null) {
            end.gone(closeCode);
        }
    }
}
