package io.depthcast.loadtest.generator;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** How sockets to the target are opened: from which address, through which proxy, and how much they take in. One loop. */
final class Dialer {
    private static final int SLOW_RECEIVE_BYTES = 8_192;
    private static final int CONNECT_MILLIS = 10_000;

    private final LoadSettings load;
    private final EventLoopGroup loop;
    private final boolean isLocal;

    Dialer(LoadSettings load, EventLoopGroup loop) {
        this.load = load;
        this.loop = loop;
        this.isLocal = isLocal(load.target());
    }

    private static boolean isLocal(Target target) {
        try {
            return target.isLocal();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Bootstrap bootstrap(int number, Behaviour behaviour) {
        boolean slow = behaviour == Behaviour.SLOW;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() ->
                        proxied(slow ? new SlowChannel(load.shares().slowBytesPerSecond()) : new NioSocketChannel()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
        if (isLocal) {
            bootstrap.localAddress(new InetSocketAddress("127.0.0." + (1 + number % load.sources()), 0));
        }
        if (load.target().proxy() != null) {
            bootstrap.resolver(NoopAddressResolverGroup.INSTANCE);
        }
        if (slow) {
            bootstrap
                    .option(ChannelOption.SO_RCVBUF, SLOW_RECEIVE_BYTES)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(SlowChannel.READ_BYTES).maxMessagesPerRead(1));
        } else {
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2_048, 65_536));
        }
        return bootstrap;
    }

    private NioSocketChannel proxied(NioSocketChannel channel) {
        if (load.target().proxy() != null) {
            channel.pipeline().addFirst(new HttpProxyHandler(load.target().proxy()));
        }
        return channel;
    }
}
