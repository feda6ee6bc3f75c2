package io.depthcast.loadtest.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A loop of {@code writeBinaryMessage} over the clients, with Vert.x's own permessage-deflate or without. */
public final class VertxPeer {
    /** Where an SBE book message has its "sent" field. */
    private static final int STAMP_AT = 54;

    private final List<byte[]> messages;
    private final Set<ServerWebSocket> clients = new LinkedHashSet<>();
    private int next;

    private VertxPeer(List<byte[]> messages) {
        this.messages = messages;
    }

    /** @param arguments port, file of messages, messages a second, "deflate" or nothing */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        VertxPeer peer = new VertxPeer(load(Path.of(arguments[1])));
        double rate = Double.parseDouble(arguments[2]);
        boolean deflate = arguments.length > 3 && arguments[3].equals("deflate");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpServerOptions options = new HttpServerOptions()
                .setPerMessageWebSocketCompressionSupported(deflate)
                .setPerFrameWebSocketCompressionSupported(false);
        vertx.createHttpServer(options)
                .webSocketHandler(peer::accept)
                .listen(port, "127.0.0.1")
                .onFailure(refused -> System.exit(1));
        long intervalNanos = (long) (1e9 / rate);
        vertx.runOnContext(start -> peer.round(vertx, intervalNanos, System.nanoTime()));
    }

    private static List<byte[]> load(Path file) throws IOException {
        ByteBuf bytes = Unpooled.wrappedBuffer(Files.readAllBytes(file));
        List<byte[]> messages = new ArrayList<>();
        while (bytes.isReadable()) {
            byte[] message = new byte[bytes.readIntLE()];
            bytes.readBytes(message);
            messages.add(message);
        }
        return messages;
    }

    private void accept(ServerWebSocket client) {
        clients.add(client);
        client.closeHandler(gone -> clients.remove(client));
    }

    /** What is late is not made up for. */
    private void round(Vertx vertx, long intervalNanos, long dueNanos) {
        send();
        long nextNanos = Math.max(dueNanos + intervalNanos, System.nanoTime());
        long waitMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nextNanos - System.nanoTime() + 500_000));
        vertx.setTimer(waitMillis, due -> round(vertx, intervalNanos, nextNanos));
    }

    private void send() {
        byte[] message = messages.get(next++ % messages.size());
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        Unpooled.wrappedBuffer(message).setLongLE(STAMP_AT, micros);
        Buffer buffer = Buffer.buffer(message);
        for (ServerWebSocket client : clients) {
            client.writeBinaryMessage(buffer);
        }
    }
}
