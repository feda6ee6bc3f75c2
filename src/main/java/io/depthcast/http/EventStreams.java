package io.depthcast.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.limit.Address;
import io.depthcast.session.CloseReason;
import io.depthcast.session.EventRequest;
import io.depthcast.session.EventStream;
import io.depthcast.session.MessageCache;
import io.depthcast.session.SessionContext;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.Gzip;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The clients of server-sent events of one gateway loop: takes their channels over, watches over them, sends them off. */
final class EventStreams {
    /** Clients that lose their node at once come back spread over some seconds. */
    private static final long MIN_RETRY_MILLIS = 1_000;

    private static final long MAX_RETRY_MILLIS = 5_000;
    private static final List<String> HTTP_HANDLERS =
            List.of(HeadTimer.BYTES, HeadTimer.MESSAGES, "idle", "httpDecoder", "httpEncoder", "chunkedWriter");

    private final SessionContext shared;
    private final FrontDesk desk;
    private final Set<EventStream> streams = new LinkedHashSet<>();
    private final List<Promise<Void>> whenEmpty = new ArrayList<>();
    private @Nullable Drain drain;
    private boolean closing;

    EventStreams(SessionContext shared, FrontDesk desk) {
        this.shared = shared;
        this.desk = desk;
    }

    /** Answers a request with a stream that ends with its connection. */
    void open(HttpServerRequest request, Address address, EventRequest wanted, Form form) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        EventConnection connection = new EventConnection(channel, address, shared.meters());
        takeOver(channel.pipeline(), connection);
        if (closing || !channel.isActive()) {
            connection.cut();
            return;
        }
        connection.send(head(form));
        EventStream stream = EventStream.open(form, connection, shared, wanted, retryMillis(), System.nanoTime());
        streams.add(stream);
        shared.meters().eventStreamOpened();
        connection.attach(stream, () -> gone(stream));
        if (drain != null) {
            drain.add(new Leaving(stream, desk.isExempt(address)));
        }
    }

    /** Leaves nothing of HTTP on the channel. The connection comes first, for the rest of the request passes it. */
    private static void takeOver(ChannelPipeline pipeline, EventConnection connection) {
        pipeline.addLast("events", connection);
        VertxPart.end(pipeline);
        for (String name : HTTP_HANDLERS) {
            if (pipeline.get(name) != null) {
                pipeline.remove(name);
            }
        }
    }

    private ByteBuf head(Form form) {
        ByteBuf out = shared.allocator().directBuffer();
        out.writeCharSequence(
                "HTTP/1.1 200 OK\r\nContent-Type: " + SseRoute.CONTENT_TYPE + "\r\nCache-Control: "
                        + SseRoute.CACHE_CONTROL + "\r\nX-Accel-Buffering: no\r\nVary: Accept-Encoding\r\n"
                        + (form.isDeflated() ? "Content-Encoding: gzip\r\n" : "")
                        + "Connection: close\r\n\r\n",
                US_ASCII);
        if (form.isDeflated()) {
            Gzip.begin(out);
        }
        return out;
    }

    private static long retryMillis() {
        return ThreadLocalRandom.current().nextLong(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
    }

    private void gone(EventStream stream) {
        if (streams.remove(stream)) {
            shared.meters().eventStreamClosed();
        }
        if (streams.isEmpty()) {
            whenEmpty.forEach(Promise::tryComplete);
        }
    }

    void tick(long nowNanos) {
        for (EventStream stream : new ArrayList<>(streams)) {
            stream.onTick(nowNanos);
        }
    }

    /** @param frame borrowed */
    void heartbeat(Frame frame, MessageCache messages) {
        for (EventStream stream : streams) {
            stream.heartbeat(frame, messages);
        }
    }

    /** Ends every stream in good order; completes when all are gone. */
    Future<Void> close() {
        closing = true;
        for (EventStream stream : new ArrayList<>(streams)) {
            stream.drain(retryMillis());
        }
        return empty();
    }

    /** Has every stream ended in its turn, those too that come yet; completes when none is left. */
    Future<Void> drain(Drain with) {
        drain = with;
        for (EventStream stream : new ArrayList<>(streams)) {
            with.add(new Leaving(stream, desk.isExempt(stream.address())));
        }
        return empty();
    }

    private Future<Void> empty() {
        if (streams.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        whenEmpty.add(promise);
        return promise.future();
    }

    /** A stream as a drain sees it: it is told its delay with its end, which is when a browser takes it in. */
    private static final class Leaving implements Drain.Guest {
        private final EventStream stream;
        private final boolean local;
        private int reconnectAfterMillis;

        Leaving(EventStream stream, boolean local) {
            this.stream = stream;
            this.local = local;
        }

        @Override
        public boolean isLocal() {
            return local;
        }

        @Override
        public void announce(int afterMillis) {
            reconnectAfterMillis = afterMillis;
        }

        @Override
        public void close(CloseReason reason) {
            stream.drain(reconnectAfterMillis);
        }
    }
}
