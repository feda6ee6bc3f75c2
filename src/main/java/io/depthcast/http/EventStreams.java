package io.depthcast.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.bus.VertxInternals;
import io.depthcast.limit.Masking;
import io.depthcast.session.EventRequest;
import io.depthcast.session.EventStream;
import io.depthcast.session.PacedSubscriber;
import io.depthcast.session.SessionContext;
import io.depthcast.wire.Form;
import io.depthcast.wire.Gzip;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Turns requests of one gateway loop into streams of events: takes their channels over. Gateway loop. */
final class EventStreams {
    private static final List<String> HTTP_HANDLERS =
            List.of(HeadTimer.BYTES, HeadTimer.MESSAGES, "idle", "httpDecoder", "httpEncoder", "chunkedWriter");

    private final Supplier<SessionContext> context;
    private final ConnectedClients clients;
    private final Consumer<PacedSubscriber> greeting;
    private final Masking masking;

    /**
     * @param context what clients that come now share
     * @param greeting tells a newcomer what all are told
     * @param masking of addresses in the log
     */
    EventStreams(
            Supplier<SessionContext> context,
            ConnectedClients clients,
            Consumer<PacedSubscriber> greeting,
            Masking masking) {
        this.context = context;
        this.clients = clients;
        this.greeting = greeting;
        this.masking = masking;
    }

    /** Streams that one request may ask for. */
    int most() {
        return context.get().limits().subscriptions();
    }

    /** Answers a request with a stream that ends with its connection. */
    void open(HttpServerRequest request, Entry.Admitted admitted, EventRequest wanted, Form form) {
        Channel channel = VertxInternals.channel(request.connection());
        SessionContext shared = context.get();
        EventConnection connection = new EventConnection(channel, admitted.address(), shared.meters());
        takeOver(channel.pipeline(), connection);
        if (clients.isClosing() || !channel.isActive()) {
            connection.cut();
            return;
        }
        connection.send(head(form, request.response().headers(), shared.allocator()));
        String id = UUID.randomUUID().toString();
        EventStream stream = EventStream.open(id, form, connection, shared, wanted, System.nanoTime());
        greeting.accept(stream);
        shared.meters().eventStreamOpened();
        Farewell farewell = new Farewell(stream, admitted.client().subject(), masking);
        connection.attach(stream, farewell, code -> {
            if (clients.has(stream)) {
                shared.meters().eventStreamClosed(code);
                farewell.gone(code);
                clients.remove(stream);
            }
        });
        clients.add(stream);
    }

    /** Leaves nothing of HTTP on the channel. The connection comes first, for the rest of the request passes it. */
    private static void takeOver(ChannelPipeline pipeline, EventConnection connection) {
        pipeline.addLast("events", connection.handler());
        VertxInternals.leave(pipeline);
        RequestGate.remove(pipeline);
        for (String name : HTTP_HANDLERS) {
            if (pipeline.get(name) != null) {
                pipeline.remove(name);
            }
        }
    }

    /** @param more what was said of the answer already: which pages may read it */
    private static ByteBuf head(Form form, MultiMap more, ByteBufAllocator allocator) {
        StringBuilder lines = new StringBuilder();
        more.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        ByteBuf out = allocator.directBuffer();
        out.writeCharSequence(
                "HTTP/1.1 200 OK\r\nContent-Type: " + SseRoute.CONTENT_TYPE + "\r\nCache-Control: "
                        + SseRoute.CACHE_CONTROL + "\r\nX-Accel-Buffering: no\r\nVary: Accept-Encoding\r\n"
                        + (form.isDeflated() ? "Content-Encoding: gzip\r\n" : "")
                        + lines
                        + "Connection: close\r\n\r\n",
                US_ASCII);
        if (form.isDeflated()) {
            Gzip.begin(out);
        }
        return out;
    }
}
