package io.depthcast.behaviour;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The two sockets of one connection through a {@link TcpProxy}; both on one event loop. */
// A network does not say what it lost.
@SuppressWarnings("FutureReturnValueIgnored")
final class ProxiedConnection {
    private static final int CORRUPT_MASK = 0x10;
    /** How soon a stall, or a client that does not read, is looked at again. */
    private static final int RETRY_MILLIS = 5;

    private final Channel client;
    private final ProxyKnobs knobs;
    private Channel server;

    ProxiedConnection(Channel client, ProxyKnobs knobs) {
        this.client = client;
        this.knobs = knobs;
    }

    void open(Bootstrap upstream, InetSocketAddress to) {
        ChannelFuture connecting = upstream.handler(new Downwards()).connect(to);
        server = connecting.channel();
        client.pipeline().addLast(new Upwards());
        connecting.addListener(connected -> {
            if (connected.isSuccess()) {
                client.read();
                readServer();
            } else {
                client.close();
            }
        });
    }

    /** From the client, as it comes. */
    private final class Upwards extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object chunk) {
            server.writeAndFlush(chunk).addListener(written -> client.read());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            server.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            cut();
        }
    }

    /** From the server, through the knobs. */
    private final class Downwards extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object received) {
            ByteBuf chunk = (ByteBuf) received;
            int bytes = chunk.readableBytes();
            if (knobs.takeCorrupt()) {
                int at = chunk.readerIndex() + bytes / 2;
                chunk.setByte(at, chunk.getByte(at) ^ CORRUPT_MASK);
            }
            later(knobs.delayMillis, () -> pass(chunk, bytes));
            int bytesPerSecond = knobs.bytesPerSecond;
            // As long as the bytes take: the next ones stay where they are meanwhile.
            later(bytesPerSecond == 0 ? 0 : 1_000L * bytes / bytesPerSecond, ProxiedConnection.this::readServer);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            later(knobs.delayMillis, client::close);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            cut();
        }
    }

    private void pass(ByteBuf chunk, int bytes) {
        if (client.isActive()) {
            client.writeAndFlush(chunk);
            knobs.passedBytes.addAndGet(bytes);
        } else {
            ReferenceCountUtil.release(chunk);
        }
    }

    private void later(long millis, Runnable action) {
        if (millis == 0) {
            action.run();
        } else {
            client.eventLoop().schedule(action, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void readServer() {
        if (knobs.stalled || !client.isWritable()) {
            later(RETRY_MILLIS, this::readServer);
        } else {
            server.read();
        }
    }

    void cut() {
        client.eventLoop().execute(() -> {
            reset(client);
            reset(server);
        });
    }

    private static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }
}
