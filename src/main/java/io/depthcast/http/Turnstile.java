package io.depthcast.http;

import io.depthcast.admission.Sockets;
import io.depthcast.limit.Address;
import io.depthcast.metrics.SocketMeters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where connections come in: counts those of the public port before anything is spent on them, and closes at once what
 * there is no room for. Any thread.
 */
public final class Turnstile {
    private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);
    private static final AttributeKey<Sockets.Seat> SEAT = AttributeKey.valueOf(Turnstile.class, "seat");
    /** After which a socket that could not accept tries again. */
    private static final int RETRY_MILLIS = 100;
    /** After which a socket that waits for others to go looks again. */
    private static final int CROWDED_MILLIS = 5;

    private static final long LINE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int NO_PORT = -1;

    private final Sockets sockets;
    private final SocketMeters meters;
    private final boolean proxyProtocol;
    private final AtomicLong nextLineNanos = new AtomicLong(System.nanoTime());
    private volatile int port = NO_PORT;

    /** @param proxyProtocol whether trusted proxies say first whose a connection is */
    public Turnstile(Sockets sockets, SocketMeters meters, boolean proxyProtocol) {
        this.proxyProtocol = proxyProtocol;
        this.sockets = sockets;
        this.meters = meters;
        meters.watch(sockets::open, sockets::most, sockets::refused, sockets::evicted);
    }

    /** The place of a connection; null of one that came before its port was known. */
    static Sockets.@Nullable Seat seatOf(Channel channel) {
        return channel.attr(SEAT).get();
    }

    /** Connections to this port are counted from now on; those to others, as of management, never are. */
    void guard(int publicPort) {
        port = publicPort;
    }

    /** Whether somebody who comes now is refused. */
    public HealthCheck hasRoom() {
        return new HealthCheck(
                "sockets",
                () -> Future.succeededFuture(
                        sockets.isFull() ? new Health(false, "no connection is left") : new Health(true, "has room")));
    }

    /** For one socket that listens, to be its first handler. */
    public ChannelHandler handler() {
        return new Doorway();
    }

    private boolean isGuarded(Channel listening) {
        return listening.localAddress() instanceof InetSocketAddress local && local.getPort() == port;
    }

    private boolean admit(Channel accepted) {
        if (!(accepted.remoteAddress() instanceof InetSocketAddress remote)) {
            return true;
        }
        Address peer = Address.of(remote.getAddress());
        Sockets.Seat seat = sockets.take(peer, () -> cut(accepted), System.nanoTime());
        if (seat == null) {
            return false;
        }
        if (proxyProtocol && sockets.isTrusted(peer)) {
            accepted.pipeline().addLast(new ProxiedChannel(this::saidNothing));
        }
        accepted.attr(SEAT).set(seat);
        accepted.closeFuture().addListener(closed -> seat.leave());
        return true;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It closes, or is closed already.
    private static void cut(Channel channel) {
        channel.eventLoop()
                .execute(() -> channel.unsafe().close(channel.unsafe().voidPromise()));
    }

    private void saidNothing() {
        if (isLineDue()) {
            LOG.warn(
                    "a trusted proxy does not say whose its connections are, though http.proxyProtocol is true; a minute may"
                            + " pass before this is said again");
        }
    }

    private boolean isLineDue() {
        long due = nextLineNanos.get();
        long nowNanos = System.nanoTime();
        return nowNanos - due >= 0 && nextLineNanos.compareAndSet(due, nowNanos + LINE_NANOS);
    }

    private void cannotAccept(Throwable cause) {
        meters.acceptFailed();
        if (isLineDue()) {
            LOG.atWarn()
                    .addKeyValue("connections", sockets.open())
                    .addKeyValue("reason", String.valueOf(cause.getMessage()))
                    .log("no connection can be accepted; a minute may pass before this is said again");
        }
    }

    private final class Doorway extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            Channel accepted = (Channel) message;
            if (!isGuarded(ctx.channel()) || admit(accepted)) {
                ctx.fireChannelRead(accepted);
            } else {
                accepted.unsafe().closeForcibly();
            }
            if (sockets.isCrowded() && isGuarded(ctx.channel())) {
                pause(ctx, CROWDED_MILLIS);
            }
        }

        /** Netty's own would stop for a second and write a stack trace each time. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            cannotAccept(cause);
            pause(ctx, RETRY_MILLIS);
        }

        /** Who comes meanwhile waits in the kernel's queue. */
        private static void pause(ChannelHandlerContext ctx, int millis) {
            ctx.channel().config().setAutoRead(false);
            var unused = ctx.executor()
                    .schedule(() -> ctx.channel().config().setAutoRead(true), millis, TimeUnit.MILLISECONDS);
        }
    }
}
