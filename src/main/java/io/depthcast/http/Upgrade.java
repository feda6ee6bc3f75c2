package io.depthcast.http;

import io.depthcast.bus.VertxInternals;
import io.depthcast.metrics.Meters;
import io.depthcast.session.LimitSettings;
import io.depthcast.wire.Form;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * One connection between its opening handshake and its WebSocket. From the start nothing more is read as HTTP; what the
 * client sends before it has the answer is held by the frame guard. One gateway loop.
 */
final class Upgrade {
    private static final String DECODER = "httpDecoder";

    private final HttpServerRequest request;
    private final Handshake.Accepted accepted;
    private final Channel channel;
    private final List<String> streams;
    private final WebSocketConnection connection;
    private final FrameGuard guard;

    /**
     * To be called before the request handler returns, because then the HTTP decoder goes on with what follows.
     *
     * @param streams that the client named in its request
     */
    Upgrade(
            HttpServerRequest request,
            Handshake.Accepted accepted,
            List<String> streams,
            LimitSettings limits,
            InboundInflater inflater,
            LongCommands longCommands,
            Meters meters) {
        this.request = request;
        this.accepted = accepted;
        this.streams = streams;
        this.channel = VertxInternals.channel(request.connection());
        this.connection = new WebSocketConnection(channel, meters);
        LimitSettings own = limits.forCommandsOf(accepted.form().dialect());
        FrameDecoder decoder = new FrameDecoder(decoderConfig(own));
        this.guard = new FrameGuard(connection, own, inflater);
        ChannelPipeline pipeline = channel.pipeline();
        RequestGate.remove(pipeline);
        // Read on only when it is decided: so no more than what one read has brought must be held.
        channel.config().setAutoRead(false);
        HeadTimer.remove(pipeline);
        if (pipeline.get("idle") != null) {
            pipeline.remove("idle");
        }
        pipeline.addBefore("handler", "wsdecoder", decoder);
        pipeline.addBefore("handler", "frameguard", guard);
        if (accepted.form().dialect().commandBytes() > 0) {
            guard.shareRoom(longCommands, decoder);
        }
        // Something of that name has to stay, for Vert.x takes it away in the end.
        pipeline.replace(DECODER, DECODER, new ChannelInboundHandlerAdapter());
    }

    private WebSocketDecoderConfig decoderConfig(LimitSettings limits) {
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(accepted.extensions() != null)
                .maxFramePayloadLength(limits.frameBytes())
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    HttpServerRequest request() {
        return request;
    }

    WebSocketConnection connection() {
        return connection;
    }

    Form form() {
        return accepted.form();
    }

    /** See {@link Handshake.Accepted#keepsWindow}. */
    boolean keepsWindow() {
        return accepted.keepsWindow();
    }

    List<String> streams() {
        return streams;
    }

    /** Sends the answer and frees the channel of HTTP; the future fails if the connection is gone. */
    Future<Void> complete() {
        if (channel.pipeline().get(DECODER) == null) {
            connection.cut();
            return Future.failedFuture("the client left before its answer");
        }
        HttpServerResponse response = request.response()
                .putHeader("Upgrade", "websocket")
                .putHeader("Connection", "Upgrade")
                .putHeader("Sec-WebSocket-Accept", accepted.accept());
        if (accepted.subprotocol() != null) {
            response.putHeader("Sec-WebSocket-Protocol", accepted.subprotocol());
        }
        if (accepted.extensions() != null) {
            response.putHeader("Sec-WebSocket-Extensions", accepted.extensions());
        }
        return request.toNetSocket()
                .onSuccess(upgraded -> VertxInternals.leave(channel.pipeline()))
                .onFailure(refused -> connection.cut())
                .mapEmpty();
    }

    /** From here on the client is heard, first what it said too early. */
    void listen() {
        guard.listen();
        channel.config().setAutoRead(true);
    }
}
