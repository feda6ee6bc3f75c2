package io.depthcast.http;

import io.depthcast.limit.Address;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a proxy that is trusted to say first whose it is, before TLS and HTTP. One that says nothing of the kind is
 * closed: whatever follows could be anybody's invention. One connection, on its gateway loop.
 */
final class ProxiedChannel extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Address> CLIENT = AttributeKey.valueOf(ProxiedChannel.class, "client");

    private final Runnable onBad;
    private @Nullable ByteBuf received;

    /** @param onBad there was no header that could be read */
    ProxiedChannel(Runnable onBad) {
        this.onBad = onBad;
    }

    /** The other end as far as it can be believed: whom the proxy named, or else of the socket; null if there is none. */
    static @Nullable Address peer(Channel channel) {
        Address told = channel.attr(CLIENT).get();
        if (told != null) {
            return told;
        }
        return channel.remoteAddress() instanceof InetSocketAddress remote ? Address.of(remote.getAddress()) : null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf whole = received == null ? bytes : joined(ctx, received, bytes);
        received = whole;
        take(ctx, whole);
    }

    private static ByteBuf joined(ChannelHandlerContext ctx, ByteBuf first, ByteBuf second) {
        ByteBuf both = ctx.alloc().buffer(first.readableBytes() + second.readableBytes());
        both.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return both;
    }

    private void take(ChannelHandlerContext ctx, ByteBuf whole) {
        ProxyHeader header = ProxyHeader.read(whole);
        if (header instanceof ProxyHeader.Told told) {
            received = null;
            if (told.client() != null) {
                ctx.channel().attr(CLIENT).set(told.client());
            }
            pass(ctx, whole.skipBytes(told.bytes()));
        } else if (header instanceof ProxyHeader.Bad) {
            onBad.run();
            ctx.channel().unsafe().close(ctx.channel().unsafe().voidPromise());
        }
    }

    private static void pass(ChannelHandlerContext ctx, ByteBuf rest) {
        if (rest.isReadable()) {
            ctx.fireChannelRead(rest);
        } else {
            rest.release();
        }
        ctx.pipeline().remove(ctx.handler());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (received != null) {
            received.release();
            received = null;
        }
    }
}
