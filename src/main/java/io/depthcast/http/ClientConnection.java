package io.depthcast.http;

import io.depthcast.metrics.Meters;
import io.depthcast.session.ClientSocket;
import io.depthcast.session.CloseReason;
import io.depthcast.session.Outflow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client that stays, on a channel that HTTP has left: writes ready-made bytes past any encoder, knows how many of them
 * the channel has taken, and ends in good order or at once. Its gateway loop only.
 */
abstract class ClientConnection implements ClientSocket {
    /** Bytes. What waits here is no longer merged, so it is little; what a client that keeps up gets at once passes. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    /**
     * The same for io_uring, where all that is written waits until the loop next turns to the kernel: the largest message to
     * a client that keeps up must not look like one that the kernel refused.
     */
    private static final WriteBufferWaterMark ASYNCHRONOUS_WATER_MARKS =
            new WriteBufferWaterMark(8 * 1024, 2 * Outflow.LIVE_BYTES);

    private final Channel channel;
    private final Meters meters;
    private final @Nullable CipherBytes cipherBytes;
    private final @Nullable Socket direct;
    private boolean holding = true;
    private long plainBytes;
    private int closeCode = CloseReason.ABNORMAL;
    private @Nullable Future<?> closeTimer;
    private boolean closing;

    ClientConnection(Channel channel, Meters meters) {
        this.channel = channel;
        this.meters = meters;
        this.cipherBytes = CipherBytes.of(channel);
        this.direct = DirectSend.socketOf(channel);
        boolean asynchronous = channel instanceof IoUringSocketChannel;
        channel.config().setWriteBufferWaterMark(asynchronous ? ASYNCHRONOUS_WATER_MARKS : WATER_MARKS);
    }

    final Channel channel() {
        return channel;
    }

    /** Whether nothing more is sent. */
    final boolean isClosing() {
        return closing;
    }

    @Override
    public final boolean isWritable() {
        return !closing && (!isHolding() || channel.isWritable());
    }

    /**
     * Whether the channel may hold bytes, or is closed. From one answer of no to the next write its objects are not touched:
     * among thousands of connections they are out of the processor's caches. With TLS it always may.
     */
    private boolean isHolding() {
        if (holding && cipherBytes == null) {
            ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
            holding = pending == null || pending.totalPendingWriteBytes() > 0;
        }
        return holding;
    }

    /** Of cipher text where there is TLS, as far as it has been flushed, for that is what waits for the socket. */
    @Override
    public final long writtenBytes() {
        return cipherBytes == null ? plainBytes : cipherBytes.written();
    }

    @Override
    public final long takenBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? writtenBytes() : writtenBytes() - bytes(pending);
    }

    @Override
    public final boolean hasPending() {
        ChannelOutboundBuffer pending = isHolding() ? channel.unsafe().outboundBuffer() : null;
        return pending != null && !pending.isEmpty();
    }

    @Override
    public final int pendingBytes() {
        ChannelOutboundBuffer pending = isHolding() ? channel.unsafe().outboundBuffer() : null;
        return pending == null ? 0 : (int) Math.min(Integer.MAX_VALUE, pending.totalPendingWriteBytes());
    }

    @Override
    public final void write(ByteBuf bytes) {
        if (closing) {
            bytes.release();
            return;
        }
        count(bytes);
        pass(bytes);
    }

    @Override
    public final void send(ByteBuf bytes) {
        if (closing) {
            bytes.release();
            return;
        }
        count(bytes);
        if (direct != null && !isHolding() && DirectSend.send(direct, bytes)) {
            bytes.release();
        } else {
            pass(bytes);
            flush();
        }
    }

    private void count(ByteBuf bytes) {
        plainBytes += bytes.readableBytes();
        meters.written(bytes.readableBytes());
    }

    // What the void promise cannot tell, a handler hears as an exception or as the end of the channel.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void pass(ByteBuf bytes) {
        holding = true;
        channel.write(bytes, channel.voidPromise());
    }

    @Override
    public final void flush() {
        channel.flush();
    }

    /** What was written is the last; the connection is cut if the client does not end it in time. */
    final void closing(int code, int seconds) {
        closing = true;
        closeCode = code;
        if (channel.isOpen()) {
            closeTimer = channel.eventLoop().schedule(this::cut, seconds, TimeUnit.SECONDS);
        }
    }

    /** Ends the connection in good order: TLS has a last word of its own to send. */
    @SuppressWarnings("FutureReturnValueIgnored")
    final void end() {
        channel.close();
    }

    /** Ends the connection at once, past the handlers: Vert.x would first try to flush what the client does not take. */
    final void cut() {
        closing = true;
        channel.unsafe().close(channel.unsafe().voidPromise());
    }

    /** The connection is gone; returns the code that it was closed with, 1006 if it was not. */
    final int ended() {
        closing = true;
        if (closeTimer != null) {
            closeTimer.cancel(false);
        }
        return closeCode;
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
}
