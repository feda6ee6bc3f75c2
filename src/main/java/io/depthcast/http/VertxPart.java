package io.depthcast.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.net.impl.VertxHandler;

/**
 * The end of Vert.x's part in a connection. After the handshake a channel carries only the frame decoder and our guard:
 * the HTTP connection, its request and its metrics objects, some 11 KiB a client, have nothing more to do.
 */
final class VertxPart {
    private static final String HANDLER = "handler";

    private VertxPart() {}

    /** Tells Vert.x that its connection is over, so that its meters stay right, and takes its handler off the channel. */
    static void end(ChannelPipeline pipeline) {
        ChannelHandlerContext context = pipeline.context(HANDLER);
        VertxHandler<?> handler = (VertxHandler<?>) context.handler();
        pipeline.remove(handler);
        handler.channelInactive(context);
    }
}
