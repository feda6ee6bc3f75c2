package io.depthcast.bus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.KeyStoreHelper;
import io.vertx.core.net.impl.VertxHandler;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.List;

/** All that we use of Vert.x beyond what it promises to keep: here, and nowhere else, another version may break us. */
public final class VertxInternals {
    private static final String HANDLER = "handler";

    private VertxInternals() {}

    /** The channel that a connection is on. */
    public static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    /** A buffer on these bytes, without a copy; what is written of it is not released. */
    public static Buffer buffer(ByteBuf bytes) {
        return BufferInternal.buffer(bytes);
    }

    /**
     * Ends Vert.x's part in a connection: tells it that its connection is over, so that its meters stay right, and takes its
     * handler off the channel. The HTTP connection, its request and its metrics objects, some 11 KiB a client, have nothing
     * more to do. Nothing happens on a channel that is closed already.
     */
    public static void leave(ChannelPipeline pipeline) {
        ChannelHandlerContext context = pipeline.context(HANDLER);
        if (context == null) {
            return;
        }
        VertxHandler<?> handler = (VertxHandler<?>) context.handler();
        pipeline.remove(handler);
        handler.channelInactive(context);
    }

    /**
     * The key of a chain, both in PEM, as the server will read it in the end.
     *
     * @throws Exception if either cannot be read
     */
    public static PrivateKey privateKey(String pem, String chain) throws Exception {
        KeyStore store = KeyStoreHelper.loadKeyCert(List.of(bytes(pem)), List.of(bytes(chain)));
        char[] password = KeyStoreHelper.DUMMY_PASSWORD.toCharArray();
        return (PrivateKey) store.getKey(store.aliases().nextElement(), password);
    }

    private static Buffer bytes(String pem) {
        return Buffer.buffer(pem.getBytes(ISO_8859_1));
    }
}
