package io.depthcast.app;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.transport.Transport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A transport as Vert.x has it, but that every socket which listens has a handler of ours in front: it sees who connects
 * before anything is spent on him. Immutable.
 *
 * @param doors makes the handler, one for each socket that listens
 */
record ListeningTransport(Transport stock, Supplier<ChannelHandler> doors) implements Transport {
    /** Of io_uring, the most that the kernel allows; 16 bytes each, 1 MiB a loop. */
    private static final int COMPLETIONS = 65_536;

    @Override
    public String name() {
        return stock.name();
    }

    @Override
    public boolean available() {
        return stock.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return stock.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return new Listening(stock.implementation(), stock.name().equals(TransportSettings.IO_URING), doors);
    }

    private record Listening(
            io.vertx.core.spi.transport.Transport stock, boolean isIoUring, Supplier<ChannelHandler> doors)
            implements io.vertx.core.spi.transport.Transport {
        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            ChannelFactory<? extends ServerChannel> factory = stock.serverChannelFactory(domainSocket);
            return () -> {
                ServerChannel channel = factory.newChannel();
                channel.pipeline().addLast("door", doors.get());
                return channel;
            };
        }

        /**
         * For io_uring with room for what a flush to thousands of clients brings: all its sends complete at once. The stock
         * queue holds 4,096; beyond, the kernel keeps them elsewhere and Netty warns, twice in each flush.
         */
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return isIoUring
                    ? IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setCqSize(COMPLETIONS))
                    : stock.ioHandlerFactory();
        }

        @Override
        public boolean supportsDomainSockets() {
            return stock.supportsDomainSockets();
        }

        @Override
        public boolean supportFileRegion() {
            return stock.supportFileRegion();
        }

        @Override
        public boolean isAvailable() {
            return stock.isAvailable();
        }

        @Override
        public @Nullable Throwable unavailabilityCause() {
            return stock.unavailabilityCause();
        }

        @Override
        public java.net.SocketAddress convert(SocketAddress address) {
            return stock.convert(address);
        }

        @Override
        public SocketAddress convert(java.net.SocketAddress address) {
            return stock.convert(address);
        }

        @Override
        public DatagramChannel datagramChannel() {
            return stock.datagramChannel();
        }

        @Override
        @SuppressWarnings("deprecation") // It is what Vert.x asks for.
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return stock.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return stock.channelFactory(domainSocket);
        }

        @Override
        public void configure(DatagramChannel channel, DatagramSocketOptions options) {
            stock.configure(channel, options);
        }

        @Override
        public void configure(
                ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
            stock.configure(options, connectTimeout, domainSocket, bootstrap);
        }

        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            stock.configure(options, domainSocket, bootstrap);
        }
    }
}
