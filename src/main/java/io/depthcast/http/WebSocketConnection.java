package io.depthcast.http;

import io.depthcast.session.ClientSocket;
import io.depthcast.session.CloseReason;
import io.depthcast.session.Session;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket after the handshake: writes ready-made messages straight to the channel, past any encoder, and passes on
 * what the frame guard lets through. Its gateway loop only.
 */
final class WebSocketConnection implements ClientSocket, FrameGuard.Inbound {
    /** How long a client may take to answer a close frame. */
    private static final int CLOSE_SECONDS = 3;

    /** Bytes. What waits here is no longer merged, so it is little; what a client that keeps up gets at once passes. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    private final Channel channel;
    private @Nullable Session session;
    private IntConsumer onGone = code -> {};
    private int closeCode = CloseReason.ABNORMAL;
    private long writtenBytes;
    private @Nullable Future<?> closeTimer;
    private boolean closing;
    private boolean gone;

    WebSocketConnection(Channel channel) {
        this.channel = channel;
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
    }

    /** From here on what the client sends goes to the session; the action is told its close code when it is gone. */
    void attach(Session to, IntConsumer whenGone) {
        session = to;
        onGone = whenGone;
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
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? writtenBytes : writtenBytes - bytes(pending);
    }

    /**
     * What waits. The buffer's own count adds the memory of each entry, so that every reply to a client that reads nothing
     * would look like bytes taken.
     */
    private static long bytes(ChannelOutboundBuffer pending) {
        PendingBytes sum = new PendingBytes();
        try {
            pending.forEachFlushedMessage(sum);
        } catch (Exception e) {
            throw new IllegalStateException("adding up throws nothing", e);
        }
        return sum.bytes;
    }

    private static final class PendingBytes implements ChannelOutboundBuffer.MessageProcessor {
        private long bytes;

        @Override
        public boolean processMessage(Object message) {
            bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            return true;
        }
    }

    @Override
    public boolean hasPending() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending != null && !pending.isEmpty();
    }

    @Override
    public int pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : (int) Math.min(Integer.MAX_VALUE, pending.totalPendingWriteBytes());
    }

    @Override
    public String remoteAddress() {
        SocketAddress address = channel.remoteAddress();
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress() + ':' + internet.getPort()
                : String.valueOf(address);
    }

    // What the void promise cannot tell, the frame guard hears as an exception or as the end of the channel.
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void write(ByteBuf message) {
        if (closing || gone) {
            message.release();
            return;
        }
        writtenBytes += message.readableBytes();
        channel.write(message, channel.voidPromise());
    }

    @Override
    public void send(ByteBuf message) {
        write(message);
        channel.flush();
    }

    @Override
    public void close(CloseReason reason) {
        if (closing || gone) {
            return;
        }
        send(WebSocketMessage.close(channel.alloc(), reason.code(), reason.text()));
        closing = true;
        closeCode = reason.code();
        closeTimer = channel.eventLoop().schedule(this::abort, CLOSE_SECONDS, TimeUnit.SECONDS);
        if (session != null) {
            session.onClosed();
        }
    }

    @Override
    public void abort() {
        closing = true;
        // Past the handlers: Vert.x would first try to flush what the client does not take.
        channel.unsafe().close(channel.unsafe().voidPromise());
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
        close(new CloseReason(code, ""));
        abort();
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
    public void onBroken() {
        abort();
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
        onGone.accept(closeCode);
    }
}
