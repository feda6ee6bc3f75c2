package io.depthcast.http;

import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind Netty's frame decoder and lets nothing through that RFC 6455 or the limits forbid: every violation becomes
 * one close with a code and a reason. One connection, on its gateway loop.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter implements LongCommands.Holder {
    /** What comes through. */
    interface Inbound {
        /** @param text valid UTF-8 on the heap, which need not be released */
        void onText(ByteBuf text);

        /** @param payload borrowed, at most 125 bytes */
        void onPing(ByteBuf payload);

        /** @param payload borrowed, at most 125 bytes */
        void onPong(ByteBuf payload);

        /** @param code the client's, or {@link CloseReason#NORMAL} if it gave none */
        void onClose(int code);

        void onViolation(CloseReason reason);

        void onWritabilityChanged();

        /** The gateway itself failed to handle what came. */
        void onFailure(Throwable cause);

        /** The connection failed, as by a reset. */
        void onBroken();

        /** The connection is gone. */
        void onGone();
    }

    private static final int RSV1 = 4;

    private final Inbound inbound;
    private final InboundMessage message;
    /** What came with the opening handshake, before there is somebody to hear it; null from then on. */
    private @Nullable Queue<WebSocketFrame> early = new ArrayDeque<>();

    /** What was wrong with that. */
    private @Nullable CloseReason earlyViolation;

    private boolean deaf;

    /** For commands longer than ours; null where there are none, as is the decoder before us. */
    private @Nullable LongCommands room;

    private @Nullable FrameDecoder decoder;

    FrameGuard(Inbound inbound, LimitSettings limits, InboundInflater inflater) {
        this.inbound = inbound;
        this.message = new InboundMessage(limits, inflater);
    }

    /** Has what is not whole yet counted among that of others. */
    void shareRoom(LongCommands shared, FrameDecoder before) {
        room = shared;
        decoder = before;
    }

    @Override
    public void takesTooLong() {
        refuse(CloseReason.OVERLOADED, "this command takes too long to come; others need the memory");
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (room != null && decoder != null) {
            room.hold(this, deaf ? 0 : decoder.heldBytes() + message.heldBytes());
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (!(received instanceof WebSocketFrame frame)) {
            ctx.fireChannelRead(received);
            return;
        }
        if (early == null) {
            hear(frame);
        } else {
            early.add(frame);
        }
    }

    /** From here on frames come through, those that came early first. */
    void listen() {
        Queue<WebSocketFrame> before = Objects.requireNonNull(early, "listens already");
        early = null;
        before.forEach(this::hear);
        if (earlyViolation != null && !deaf) {
            refuse(earlyViolation);
        }
    }

    private void hear(WebSocketFrame frame) {
        try {
            if (!deaf) {
                accept(frame);
            } else if (frame instanceof CloseWebSocketFrame) {
                inbound.onClose(CloseReason.NORMAL);
            }
        } finally {
            frame.release();
        }
    }

    private void accept(WebSocketFrame frame) {
        boolean startsData = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        if ((frame.rsv() & ~RSV1) != 0 || (frame.rsv() != 0 && !startsData)) {
            refuse(CloseReason.PROTOCOL_ERROR, "reserved bits set (RFC 6455, 5.2)");
        } else if (frame instanceof BinaryWebSocketFrame) {
            refuse(CloseReason.UNSUPPORTED_DATA, "binary frames are not for clients: commands are JSON text");
        } else if (frame instanceof TextWebSocketFrame) {
            accept(frame, !message.isStarted(), "a new message before the last one ended (RFC 6455, 5.4)");
        } else if (frame instanceof ContinuationWebSocketFrame) {
            accept(frame, message.isStarted(), "a continuation of nothing (RFC 6455, 5.4)");
        } else if (frame instanceof PingWebSocketFrame) {
            inbound.onPing(frame.content());
        } else if (frame instanceof PongWebSocketFrame) {
            inbound.onPong(frame.content());
        } else if (frame instanceof CloseWebSocketFrame close) {
            accept(close);
        }
    }

    private void accept(WebSocketFrame fragment, boolean inOrder, String otherwise) {
        if (!inOrder) {
            refuse(CloseReason.PROTOCOL_ERROR, otherwise);
            return;
        }
        InboundMessage.Result result =
                message.add(fragment.content(), fragment.isFinalFragment(), (fragment.rsv() & RSV1) != 0);
        if (result instanceof InboundMessage.Complete complete) {
            inbound.onText(complete.text());
        } else if (result instanceof InboundMessage.Refused refused) {
            refuse(refused.reason());
        }
    }

    private void accept(CloseWebSocketFrame close) {
        int code = close.statusCode();
        deaf = true;
        if (code == -1) {
            inbound.onClose(CloseReason.NORMAL);
        } else if (!isSendable(code)) {
            refuse(CloseReason.PROTOCOL_ERROR, "close code " + code + " is not for the wire (RFC 6455, 7.4)");
        } else if (!ByteBufUtil.isText(close.content().skipBytes(Short.BYTES), StandardCharsets.UTF_8)) {
            refuse(CloseReason.INVALID_PAYLOAD, "close reason that is not UTF-8");
        } else {
            inbound.onClose(code);
        }
    }

    private static boolean isSendable(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private void refuse(int code, String reason) {
        refuse(new CloseReason(code, reason));
    }

    private void refuse(CloseReason reason) {
        if (early == null) {
            deaf = true;
            inbound.onViolation(reason);
        } else if (earlyViolation == null) {
            earlyViolation = reason;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (deaf) {
            return;
        }
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            refuse(corrupted.closeStatus().code(), String.valueOf(corrupted.getMessage()));
        } else if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            deaf = true;
            inbound.onBroken();
        } else {
            inbound.onFailure(cause);
            refuse(CloseReason.INTERNAL_ERROR, "the gateway failed; reconnect");
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        inbound.onWritabilityChanged();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deaf = true;
        if (room != null) {
            room.hold(this, 0);
        }
        if (early != null) {
            early.forEach(WebSocketFrame::release);
            early.clear();
        }
        inbound.onGone();
        ctx.fireChannelInactive();
    }
}
