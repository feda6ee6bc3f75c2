package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.metrics.Meters;
import io.depthcast.session.CloseReason;
import io.depthcast.session.EventStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of server-sent events after its request. What it sends is dropped, for it has nothing to say. The body of the
 * answer ends with the connection, so nothing stands before, between or behind the events. Its gateway loop only.
 */
final class EventConnection extends ClientConnection {
    /** How long a client may take to read what was on its way and the end; a slow one needs it. */
    private static final int CLOSE_SECONDS = 10;

    private final Address address;
    private @Nullable EventStream stream;
    private @Nullable Farewell farewell;
    private IntConsumer onGone = code -> {};

    EventConnection(Channel channel, Address address, Meters meters) {
        super(channel, meters);
        this.address = address;
    }

    /** What hears of the channel, to be its last handler. */
    ChannelInboundHandlerAdapter handler() {
        return new Ears();
    }

    /**
     * From here on the stream hears of the socket.
     *
     * @param last hears why it is closed
     * @param whenGone hears of its end: the code that the last event told, 1006 if there was none
     */
    void attach(EventStream to, Farewell last, IntConsumer whenGone) {
        stream = to;
        farewell = last;
        onGone = whenGone;
    }

    @Override
    public Address address() {
        return address;
    }

    /** Ends the answer, whose last event has told the reason. */
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void close(CloseReason reason) {
        if (!isClosing()) {
            tellWhy(reason);
            closing(reason.code(), CLOSE_SECONDS);
            channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** The reason has nowhere to go: nobody greets a client of events that comes back. */
    @Override
    public void abort(CloseReason reason) {
        if (!isClosing()) {
            tellWhy(reason);
        }
        cut();
    }

    private void tellWhy(CloseReason reason) {
        if (farewell != null) {
            farewell.closing(reason);
        }
    }

    private final class Ears extends ChannelInboundHandlerAdapter {
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
            int code = ended();
            if (stream != null) {
                stream.onClosed();
            }
            onGone.accept(code);
        }
    }
}
