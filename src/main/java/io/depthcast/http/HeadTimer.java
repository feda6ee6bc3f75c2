package io.depthcast.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts whoever connects and says nothing, or says it too slowly: the first request has its time from the connection, each
 * further one from its first byte. One connection, on its gateway loop.
 */
final class HeadTimer extends ChannelInboundHandlerAdapter {
    static final String BYTES = "headtimer";
    static final String MESSAGES = "headarrived";

    private final int seconds;
    private @Nullable Future<?> timer;

    private HeadTimer(int seconds) {
        this.seconds = seconds;
    }

    /**
     * Puts a timer before the HTTP decoder, and behind it what stops the timer. It stands before TLS as well, so that
     * records which bring no request, such as endless new keys (RFC 8446, 4.6.3), do not keep a connection.
     */
    static void install(ChannelPipeline pipeline, int seconds) {
        HeadTimer bytes = new HeadTimer(seconds);
        pipeline.addFirst(BYTES, bytes);
        pipeline.addBefore("handler", MESSAGES, bytes.new Arrival());
    }

    /** Takes both away, where the connection is HTTP no more. */
    static void remove(ChannelPipeline pipeline) {
        pipeline.remove(BYTES);
        pipeline.remove(MESSAGES);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        start(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (timer == null) {
            start(ctx);
        }
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    private void start(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> cut(ctx), seconds, TimeUnit.SECONDS);
    }

    // Whether the close succeeds or the connection has gone already is all the same.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void cut(ChannelHandlerContext ctx) {
        ctx.close();
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private final class Arrival extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest || message instanceof LastHttpContent) {
                stop();
            }
            ctx.fireChannelRead(message);
        }
    }
}
