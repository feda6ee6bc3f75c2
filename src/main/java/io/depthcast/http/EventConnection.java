package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.metrics.Meters;
import io.depthcast.session.ClientSocket;
import io.depthcast.session.CloseReason;
import io.depthcast.session.EventStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of server-sent events after its request: the last handler of its channel. Writes ready-made bytes; what the
 * client sends is dropped, for it has nothing to say. The body of the answer ends with the connection, so nothing stands
 * before, between or behind the events. Its gateway loop only.
 */
final class EventConnection extends ChannelInboundHandlerAdapter implements ClientSocket {
    /** How long a client may take to read the end. */
    private static final int CLOSE_SECONDS = 10;

    /** Bytes. What waits here is no longer merged, so it is little; what a client that keeps up gets at once passes. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    private final Channel channel;
    private final Address address;
    private final ChannelOutput output;
    private @Nullable EventStream stream;
    private IntConsumer onGone = code -> {};
    private int closeCode = CloseReason.ABNORMAL;
    private @Nullable Future<?> closeTimer;
    private boolean closing;

    EventConnection(Channel channel, Address address, Meters meters) {
        this.channel = channel;
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
        this.address = address;
        this.output = new ChannelOutput(channel, meters);
    }

    /**
     * From here on the stream hears of the socket.
     *
     * @param whenGone hears of its end: the code that the last event told, 1006 if there was none
     */
    void attach(EventStream to, IntConsumer whenGone) {
        stream = to;
        onGone = whenGone;
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable() && !closing;
    }

    @Override
    public long writtenBytes() {
        return output.writtenBytes();
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
    public void write(ByteBuf bytes) {
        if (closing) {
            bytes.release();
        } else {
            output.write(bytes);
        }
    }

    @Override
    public void flush() {
        output.flush();
    }

    /** Ends the answer, whose last event has told the reason. */
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void close(CloseReason reason) {
        if (closing) {
            return;
        }
        closing = true;
        closeCode = reason.code();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (channel.isOpen()) {
            closeTimer = channel.eventLoop().schedule(this::cut, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        end();
    }

    /** The reason has nowhere to go: a stream of events is no session. */
    @Override
    public void abort(CloseReason reason) {
        cut();
    }

    @Override
    public Address address() {
        return address;
    }

    /** Ends the connection at once. */
    void cut() {
        closing = true;
        output.abort();
    }

    private void end() {
        if (stream != null) {
            stream.onClosed();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        ReferenceCountUtil.release(received);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (stream != null && isWritable()) {
            stream.onWritable(System.nanoTime());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        cut();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        if (closeTimer != null) {
            closeTimer.cancel(false);
        }
        end();
        onGone.accept(closeCode);
    }
}
