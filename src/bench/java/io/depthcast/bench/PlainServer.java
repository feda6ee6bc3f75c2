package io.depthcast.bench;

import io.depthcast.bench.SimulatedBooks.Change;
import io.depthcast.market.FeedSettings;
import io.depthcast.wire.Encodings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one would write with Vert.x alone: a loop over the clients, {@code writeBinaryMessage} to each, its own
 * permessage-deflate. It sends the deltas that the gateway sends of the same market at the same rate, made beforehand, so
 * it is spared feed, books and encoding.
 */
final class PlainServer {
    private static final int MESSAGES = 1_000;

    private final List<Buffer> messages = new ArrayList<>();
    private final Set<ServerWebSocket> clients = new LinkedHashSet<>();
    private int next;

    private PlainServer(int flushMillis) {
        SimulatedBooks books = new SimulatedBooks(FeedSettings.DEFAULTS, flushMillis);
        while (messages.size() < MESSAGES) {
            books.flush(1).forEach(change -> messages.add(encoded(change)));
        }
    }

    /** @param arguments the milliseconds between two messages */
    public static void main(String[] arguments) {
        int flushMillis = Integer.parseInt(arguments[0]);
        PlainServer server = new PlainServer(flushMillis);
        Vertx vertx = Vertx.vertx();
        vertx.runOnContext(start -> server.listen(vertx, flushMillis));
    }

    private void listen(Vertx vertx, int flushMillis) {
        HttpServerOptions options = new HttpServerOptions().setPerMessageWebSocketCompressionSupported(true);
        vertx.createHttpServer(options)
                .webSocketHandler(this::accept)
                .listen(0, "127.0.0.1")
                .onSuccess(PlainServer::tell)
                .onFailure(Throwable::printStackTrace);
        vertx.setPeriodic(flushMillis, timer -> send());
    }

    private static void tell(HttpServer server) {
        System.out.printf("listening on http://localhost:%d/ (management 0)%n", server.actualPort());
    }

    private void accept(ServerWebSocket client) {
        clients.add(client);
        client.closeHandler(gone -> clients.remove(client));
    }

    private void send() {
        Buffer message = messages.get(next++ % MESSAGES);
        for (ServerWebSocket client : clients) {
            client.writeBinaryMessage(message);
        }
    }

    private static Buffer encoded(Change change) {
        ByteBuf out = Unpooled.buffer();
        Encodings.SBE.encode(
                change.update(), change.instrument(), change.update().timeMicros(), out);
        return Buffer.buffer(ByteBufUtil.getBytes(out));
    }
}
