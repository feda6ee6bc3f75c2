package io.depthcast.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket from its handshake to its end: answers pings, inflates, and tells how it ended. Its event loop only. */
final class ClientConnection extends ChannelInboundHandlerAdapter {
    /** Who the messages are for. */
    interface Events {
        /** @param payloadBytes as on the wire */
        void onMessage(int payloadBytes, boolean deflated);

        /** @param text borrowed */
        void onText(ByteBuf text) throws RefusedException;

        /** @param bytes borrowed */
        void onBinary(ByteBuf bytes) throws RefusedException;

        /** Called once, whatever happened. */
        void onGone(Ending ending);
    }

    /**
     * @param mayReconnect whether a new connection could fare better
     * @param waitMillis which the gateway asked for, 0 if it did not
     */
    record Ending(int code, String reason, int httpStatus, boolean mayReconnect, long waitMillis) {}

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final int RSV1 = 4;
    private static final int CLOSE_SECONDS = 3;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int MAX_REASON_LENGTH = 200;

    private final ClientSettings settings;
    private final WebSocketClientHandshaker handshaker;
    private final Events events;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> closeTimer;
    private Ending ending = new Ending(ReconnectRules.ABNORMAL, "the connection ended", 0, true, 0);
    private boolean heard;
    private boolean deflates;
    private boolean open;
    private boolean closing;
    private boolean gone;

    ClientConnection(ClientSettings settings, WebSocketClientHandshaker handshaker, Events events) {
        this.settings = settings;
        this.handshaker = handshaker;
        this.events = events;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        handshaker.handshake(ctx.channel()).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(ReconnectRules.ABNORMAL, "cannot send the handshake: " + sent.cause());
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) throws Exception {
        heard = true;
        try {
            if (closing && !(received instanceof CloseWebSocketFrame)) {
                return;
            }
            if (received instanceof FullHttpResponse response) {
                answered(ctx, response);
            } else if (received instanceof WebSocketFrame frame) {
                take(ctx, frame);
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    private void answered(ChannelHandlerContext ctx, FullHttpResponse response) {
        int status = response.status().code();
        if (status != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            String body = response.content().toString(StandardCharsets.UTF_8);
            String reason = body.isEmpty() ? response.status().toString() : body;
            end(new Ending(
                    ReconnectRules.ABNORMAL,
                    reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)),
                    status,
                    ReconnectRules.mayReconnectAfterRefusal(status),
                    retryAfterMillis(response)));
            return;
        }
        Boolean answer =
                ClientHandshake.deflates(settings, response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
        if (answer == null) {
            end(new Ending(ReconnectRules.BAD_EXTENSION, "an extension that was not offered", 0, false, 0));
            return;
        }
        deflates = answer;
        handshaker.finishHandshake(ctx.channel(), response);
        ctx.pipeline().addBefore(ctx.name(), null, new WebSocketFrameAggregator(settings.maxMessageBytes()));
        open = true;
    }

    private static long retryAfterMillis(FullHttpResponse response) {
        String value = response.headers().get(HttpHeaderNames.RETRY_AFTER, "");
        return value.matches("[0-9]{1,6}") ? TimeUnit.SECONDS.toMillis(Long.parseLong(value)) : 0;
    }

    private void take(ChannelHandlerContext ctx, WebSocketFrame frame) throws Exception {
        if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
            takeData(ctx, frame);
        } else if (frame instanceof PingWebSocketFrame) {
            write(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            closed(close);
        }
    }

    private void takeData(ChannelHandlerContext ctx, WebSocketFrame frame) throws Exception {
        boolean deflated = (frame.rsv() & RSV1) != 0;
        if (frame.rsv() != (deflated && deflates ? RSV1 : 0)) {
            fail(PROTOCOL_ERROR, "reserved bits set");
            return;
        }
        events.onMessage(frame.content().readableBytes(), deflated);
        boolean isText = frame instanceof TextWebSocketFrame;
        if (!deflated) {
            pass(frame.content(), isText);
            return;
        }
        ByteBuf inflated = MessageInflater.get().inflate(frame.content(), settings.maxMessageBytes(), ctx.alloc());
        try {
            pass(inflated, isText);
        } finally {
            inflated.release();
        }
    }

    private void pass(ByteBuf message, boolean isText) throws RefusedException {
        if (isText) {
            events.onText(message);
        } else {
            events.onBinary(message);
        }
    }

    private void closed(CloseWebSocketFrame close) {
        int code = close.statusCode() == -1 ? ReconnectRules.NO_STATUS : close.statusCode();
        if (!closing) {
            ending = new Ending(code, close.reasonText(), 0, ReconnectRules.mayReconnect(code), 0);
            closing = true;
            write(new CloseWebSocketFrame(true, 0, close.content().retain()));
        }
        closeChannel();
    }

    /** Sends a command. */
    void sendText(ByteBuf text) {
        write(new TextWebSocketFrame(text));
    }

    private void write(WebSocketFrame frame) {
        if (context != null && open && !gone) {
            context.writeAndFlush(frame).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        } else {
            frame.release();
        }
    }

    /** Stops or goes on taking what the gateway sends. */
    void reading(boolean on) {
        if (context != null) {
            context.channel().config().setAutoRead(on);
        }
    }

    /** Whether anything came since the last call, or nothing could have. */
    boolean takeHeard() {
        boolean was = heard || (context != null && !context.channel().config().isAutoRead());
        heard = false;
        return was;
    }

    /** Ends the connection in good order. */
    void close() {
        end(new Ending(ReconnectRules.NORMAL, "closed by this client", 0, false, 0));
    }

    /** Gives the connection up; a new one may fare better. */
    void fail(int code, String reason) {
        end(new Ending(code, reason, 0, true, 0));
    }

    /** Ends the connection at once, as if the network had. */
    void cut(String reason) {
        if (!closing) {
            closing = true;
            ending = new Ending(ReconnectRules.ABNORMAL, reason, 0, true, 0);
        }
        closeChannel();
    }

    private void end(Ending how) {
        if (closing) {
            return;
        }
        closing = true;
        ending = how;
        if (context == null || !open || how.code() == ReconnectRules.ABNORMAL) {
            closeChannel();
            return;
        }
        // A paused reader would never see the answer.
        reading(true);
        context.writeAndFlush(new CloseWebSocketFrame(how.code(), ""))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        closeTimer = context.executor().schedule(this::closeChannel, CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private void closeChannel() {
        if (context != null) {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    /** There is no connection, and never was. */
    void notConnected(Throwable cause) {
        if (!closing) {
            ending = new Ending(ReconnectRules.ABNORMAL, "cannot connect: " + cause.getMessage(), 0, true, 0);
        }
        gone();
    }

    private void gone() {
        if (!gone) {
            gone = true;
            if (closeTimer != null) {
                closeTimer.cancel(false);
            }
            events.onGone(ending);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof RefusedException refused) {
            fail(PROTOCOL_ERROR, "unreadable: " + refused.result());
        } else if (cause instanceof DataFormatException) {
            fail(PROTOCOL_ERROR, "unreadable: " + cause.getMessage());
        } else if (cause instanceof IOException || cause instanceof CodecException) {
            cut(String.valueOf(cause.getMessage()));
        } else {
            LOG.error("a connection is given up because its listener failed", cause);
            cut("the listener failed: " + cause);
        }
    }
}
