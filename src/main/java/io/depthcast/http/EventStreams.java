package io.depthcast.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

/** The clients of server-sent events of one gateway loop: takes their channels over, watches over them, sends them off. */
final class EventStreams {
    /** Clients that lose their node at once come back spread over some seconds. */
    private static final long MIN_RETRY_MILLIS = 1_000;

    private static final long MAX_RETRY_MILLIS = 5_000;
    private static final List<String> HTTP_HANDLERS = List.of("idle", "httpDecoder", "httpEncoder");

    private final SessionContext shared;
    private final Set<EventStream> streams = new LinkedHashSet<>();
    private final Promise<Void> empty = Promise.promise();
    private boolean closing;

    EventStreams(SessionContext shared) {
        this.shared = shared;
    }

    /** Answers a request with a stream that ends with its connection. */
    void open(HttpServerRequest request, EventRequest wanted, Form form) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        EventConnection connection = new EventConnection(channel, shared.meters());
        takeOver(channel.pipeline(), connection);
        if (closing || !channel.isActive()) {
            connection.abort();
            return;
        }
        connection.send(head(form));
        EventStream stream = EventStream.open(form, connection, shared, wanted, retryMillis(), System.nanoTime());
        streams.add(stream);
        shared.meters().eventStreamOpened();
        connection.attach(stream, () -> gone(stream));
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
        if (closing && streams.isEmpty()) {
            empty.tryComplete();
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
        if (streams.isEmpty()) {
            empty.tryComplete();
        }
        return empty.future();
    }
}
