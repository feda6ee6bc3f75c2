package io.depthcast.behaviour;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bad network between a client and a server on loopback: delays, throttles, stalls, cuts, and corrupts what the server
 * sends. It takes little in advance, so that what it does not pass on stays with the server. Any thread may turn its
 * knobs; they apply to all connections, those to come too.
 */
// A network does not say what it lost.
@SuppressWarnings("FutureReturnValueIgnored")
final class TcpProxy implements AutoCloseable {
    /** Small enough to be honest about a throttle, large enough that unthrottled traffic passes quickly. */
    private static final int CHUNK_BYTES = 1_024;

    private static final int KERNEL_BYTES = 4_096;

    private final InetSocketAddress server;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Channel listening;
    private final ProxyKnobs knobs = new ProxyKnobs();

    TcpProxy(EventLoopGroup loops, int serverPort) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        this.listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, KERNEL_BYTES)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accept(client);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private void accept(Channel client) {
        Bootstrap upstream = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_RCVBUF, KERNEL_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(CHUNK_BYTES).maxMessagesPerRead(1));
        ProxiedConnection connection = new ProxiedConnection(client, knobs);
        connections.add(connection);
        client.closeFuture().addListener(closed -> connections.remove(connection));
        connection.open(upstream, server);
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** @param bytesPerSecond to the client, 0 for as fast as it goes */
    void throttle(int bytesPerSecond) {
        knobs.bytesPerSecond = bytesPerSecond;
    }

    /** @param millis that each byte to the client takes longer */
    void delay(int millis) {
        knobs.delayMillis = millis;
    }

    /** Passes nothing on to the client, until told otherwise. */
    void stall(boolean on) {
        knobs.stalled = on;
    }

    /** Flips a bit of the next chunk to the client. */
    void corrupt() {
        knobs.corrupts.incrementAndGet();
    }

    /** Resets every connection there is, on both sides. */
    void cut() {
        connections.forEach(ProxiedConnection::cut);
    }

    /** Bytes passed on to clients so far. */
    long passedBytes() {
        return knobs.passedBytes.get();
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        cut();
    }
}
