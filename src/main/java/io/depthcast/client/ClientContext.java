package io.depthcast.client;

import io.depthcast.book.Instrument;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a program share. Its suppliers are called on every event loop.
 *
 * @param bootstrap the event loops, the channel type that fits them, options, perhaps a local address; without a handler
 * @param nanoTime monotonic time
 * @param random evenly distributed, from 0 to below 1
 * @param instruments finds an instrument by its symbol, or gives null. For JSON, which does not say tick and lot sizes: see
 *     {@link InstrumentList}
 * @param tls for {@code wss:}; null for the platform's own certificates
 */
public record ClientContext(
        Bootstrap bootstrap,
        LongSupplier nanoTime,
        DoubleSupplier random,
        Function<String, @Nullable Instrument> instruments,
        @Nullable SslContext tls) {
    private static final int CONNECT_MILLIS = (int) TimeUnit.SECONDS.toMillis(10);

    /** On NIO event loops, with the system's time and randomness, and without instruments. */
    public static ClientContext of(EventLoopGroup loops) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
        return new ClientContext(
                bootstrap, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble(), symbol -> null, null);
    }

    public ClientContext withBootstrap(Bootstrap other) {
        return new ClientContext(other, nanoTime, random, instruments, tls);
    }

    public ClientContext withInstruments(Map<String, Instrument> bySymbol) {
        return new ClientContext(bootstrap, nanoTime, random, bySymbol::get, tls);
    }

    public ClientContext withTls(SslContext other) {
        return new ClientContext(bootstrap, nanoTime, random, instruments, other);
    }

    public ClientContext withTime(LongSupplier other) {
        return new ClientContext(bootstrap, other, random, instruments, tls);
    }

    public ClientContext withRandom(DoubleSupplier other) {
        return new ClientContext(bootstrap, nanoTime, other, instruments, tls);
    }
}
