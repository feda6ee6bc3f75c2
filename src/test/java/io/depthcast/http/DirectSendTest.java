package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The system call past the channel, on real sockets. */
@NeedsSockets
class DirectSendTest {
    private static final int LARGE = 4 * 1024 * 1024;

    private final LinkedBlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private EventLoopGroup group;
    private Socket client;

    @AfterEach
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (group != null) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void shouldSendAMessageThatFits() throws Exception {
        Channel channel = connectByEpoll();
        ByteBuf message =
                Unpooled.directBuffer().writeBytes(new byte[] {0, 1, 2, 3}).skipBytes(1);
        assertThat(onLoop(channel, () -> send(channel, message))).isTrue();
        assertThat(message.isReadable()).isFalse();
        assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        message.release();
    }

    @Test
    void shouldLeaveToTheChannelWhatTheKernelDoesNotTake() throws Exception {
        Channel channel = connectByEpoll();
        ByteBuf message = Unpooled.directBuffer(LARGE);
        for (int i = 0; i < LARGE / Integer.BYTES; i++) {
            message.writeInt(i);
        }
        boolean all = onLoop(channel, () -> {
            boolean sent = send(channel, message);
            assertThat(message.readerIndex()).isPositive().isLessThan(LARGE);
            ChannelFuture unused = channel.writeAndFlush(message);
            return sent;
        });
        assertThat(all).isFalse();
        ByteBuf received = Unpooled.wrappedBuffer(client.getInputStream().readNBytes(LARGE));
        for (int i = 0; i < LARGE / Integer.BYTES; i++) {
            assertThat(received.readInt()).isEqualTo(i);
        }
    }

    @Test
    void shouldTakeNothingWhereTheClientIsGone() throws Exception {
        Channel channel = connectByEpoll();
        client.setSoLinger(true, 0);
        client.close();
        ByteBuf message = Unpooled.directBuffer().writeZero(1_000);
        boolean sent = true;
        while (sent) {
            sent = onLoop(channel, () -> {
                boolean taken = send(channel, message);
                message.readerIndex(0);
                return taken;
            });
        }
        message.release();
    }

    @Test
    void shouldSendNothingByADescriptorThatMayBeAnothers() throws Exception {
        Channel channel = connectByEpoll();
        channel.close().sync();
        ByteBuf message = Unpooled.directBuffer().writeZero(1_000);
        assertThat(onLoop(channel, () -> send(channel, message))).isFalse();
        assertThat(message.readableBytes()).isEqualTo(1_000);
        message.release();
    }

    @Test
    void shouldNotTouchBytesOnTheHeap() throws Exception {
        Channel channel = connectByEpoll();
        ByteBuf message = Unpooled.wrappedBuffer(new byte[] {1, 2, 3});
        assertThat(onLoop(channel, () -> send(channel, message))).isFalse();
        assertThat(message.readableBytes()).isEqualTo(3);
    }

    @Test
    void shouldNotBeThereByNio() throws Exception {
        Channel channel = connect(NioIoHandler.newFactory(), NioServerSocketChannel.class);
        assertThat(DirectSend.socketOf(channel)).isNull();
    }

    private Channel connectByEpoll() throws Exception {
        Assumptions.assumeTrue(Epoll.isAvailable(), "no epoll on this system");
        return connect(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
    }

    private Channel connect(IoHandlerFactory handler, Class<? extends ServerChannel> type) throws Exception {
        group = new MultiThreadIoEventLoopGroup(1, handler);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(type)
                .childOption(ChannelOption.SO_SNDBUF, 32 * 1024)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelActive(ChannelHandlerContext ctx) {
                                accepted.add(ctx.channel());
                            }
                        });
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        client = new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort());
        return accepted.poll(60, TimeUnit.SECONDS);
    }

    private static boolean send(Channel channel, ByteBuf message) {
        return DirectSend.send(DirectSend.socketOf(channel), message);
    }

    private static <T> T onLoop(Channel channel, Callable<T> action) throws Exception {
        return channel.eventLoop().submit(action).get(60, TimeUnit.SECONDS);
    }
}
