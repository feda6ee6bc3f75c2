package io.depthcast.http;

import io.depthcast.admission.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the requests of one connection through a few at a time: who asks for more than he reads is read no further. It cuts
 * what one read has brought into pieces, because the HTTP decoder takes all that it is given, and answers pile up behind
 * it. One connection that is HTTP, on its gateway loop.
 */
final class RequestGate extends ChannelInboundHandlerAdapter {
    static final String BYTES = "gate";
    static final String MESSAGES = "gatemessages";

    /** What a client asks for by any other method, whatever it is called: so nobody makes us remember names. */
    static final String UNKNOWN_METHOD = "UNKNOWN";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");
    private static final HttpMethod UNKNOWN = new HttpMethod(UNKNOWN_METHOD);

    /** Bytes of answers that may wait for a client while further requests of his are read. */
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(16 * 1024, 64 * 1024);
    /** Bytes: a request or two. */
    private static final int PIECE_BYTES = 1_024;
    /** Requests that were read and are not answered. */
    private static final int MOST_UNANSWERED = 16;
    /** Bytes that wait here, of a client who cannot know how few of them are wanted. */
    private static final int MOST_HELD_BYTES = 512 * 1024;

    private final Channel channel;
    private final Backlog backlog;
    private final Sockets.@Nullable Seat seat;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf held;
    private int unanswered;
    private boolean passing;
    private boolean stopped;
    private boolean resuming;
    private boolean free;

    private RequestGate(Channel channel, Backlog backlog) {
        this.channel = channel;
        this.backlog = backlog;
        this.seat = Turnstile.seatOf(channel);
    }

    /** @param backlog hears of answers that wait */
    static void install(Channel channel, Backlog backlog) {
        channel.config().setWriteBufferWaterMark(WATER_MARKS);
        RequestGate gate = new RequestGate(channel, backlog);
        channel.pipeline().addBefore("httpDecoder", BYTES, gate);
        channel.pipeline().addBefore("handler", MESSAGES, gate.new Messages());
    }

    /** Takes it away where the connection is HTTP no more; what came behind the last request passes. */
    static void remove(ChannelPipeline pipeline) {
        if (pipeline.get(BYTES) instanceof RequestGate gate) {
            gate.open();
            pipeline.remove(MESSAGES);
            if (!gate.passing) {
                pipeline.remove(gate);
            }
        }
    }

    private void open() {
        free = true;
        backlog.forget(channel);
        if (seat != null) {
            seat.busy();
        }
        if (stopped) {
            stopped = false;
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        held = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
        if (held.readableBytes() > MOST_HELD_BYTES) {
            channel.unsafe().close(channel.unsafe().voidPromise());
            return;
        }
        pass(ctx);
    }

    private void pass(ChannelHandlerContext ctx) {
        if (passing) {
            return;
        }
        passing = true;
        while (held != null && mayPass()) {
            ctx.fireChannelRead(piece(held));
        }
        passing = false;
        if (free) {
            // The last piece was a request for a stream, which left this one in until it has passed.
            if (!ctx.isRemoved()) {
                ctx.pipeline().remove(this);
            }
        } else if (held != null) {
            stopped = true;
            channel.config().setAutoRead(false);
        } else if (stopped) {
            stopped = false;
            channel.config().setAutoRead(true);
        }
    }

    private boolean mayPass() {
        return free || (unanswered < MOST_UNANSWERED && channel.isWritable());
    }

    private ByteBuf piece(ByteBuf bytes) {
        if (bytes.readableBytes() <= PIECE_BYTES) {
            held = null;
            return bytes;
        }
        return bytes.readRetainedSlice(PIECE_BYTES);
    }

    /** In a later turn: this one may be in the middle of a write. */
    private void resume() {
        ChannelHandlerContext ctx = context;
        if (held != null && !resuming && ctx != null) {
            resuming = true;
            ctx.executor().execute(() -> {
                resuming = false;
                if (!ctx.isRemoved()) {
                    pass(ctx);
                    ctx.fireChannelReadComplete();
                }
            });
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        resume();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        backlog.forget(channel);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ByteBuf rest = held;
        held = null;
        if (rest != null && free) {
            ctx.fireChannelRead(rest);
        } else if (rest != null) {
            rest.release();
        }
    }

    private void drop() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    /** Behind the decoder: counts what is asked and what is answered. */
    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest request) {
                unanswered++;
                if (seat != null) {
                    seat.busy();
                }
                if (!METHODS.contains(request.method().name())) {
                    request.setMethod(UNKNOWN);
                }
            }
            ctx.fireChannelRead(message);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // It is the promise, whose owner knows.
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ctx.write(message, promise);
            if (message instanceof LastHttpContent && !isInterim(message) && unanswered > 0) {
                unanswered--;
                if (unanswered == 0 && seat != null) {
                    seat.idle(System.nanoTime());
                }
                resume();
            }
        }

        private boolean isInterim(Object message) {
            return message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            ctx.flush();
            backlog.look(channel);
        }
    }
}
