package io.depthcast.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** Counts what TLS makes of what is written, between it and the socket. One connection, on its gateway loop. */
final class CipherBytes extends ChannelOutboundHandlerAdapter {
    private long written;

    private CipherBytes() {}

    /** Starts to count; null where the connection has no TLS. */
    static @Nullable CipherBytes of(Channel channel) {
        if (channel.pipeline().get(SslHandler.class) == null) {
            return null;
        }
        CipherBytes counter = new CipherBytes();
        channel.pipeline().addFirst(counter);
        return counter;
    }

    long written() {
        return written;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It is the promise, whose owner knows.
    public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise promise) {
        written += ((ByteBuf) bytes).readableBytes();
        ctx.write(bytes, promise);
    }
}
