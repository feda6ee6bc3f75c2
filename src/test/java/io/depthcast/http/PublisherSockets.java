package io.depthcast.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.concurrent.TimeUnit;

/** WebSockets of publishers, which stay open as long as this does. Any thread. */
final class PublisherSockets implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    /** Held, because a client that is collected closes its connections. */
    private final WebSocketClient client = vertx.createWebSocketClient();

    /** @param authorization the header of that name, empty for none */
    Future<WebSocket> connect(int ingestPort, String source, String authorization) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(ingestPort)
                .setURI("/v1/publish?source=" + source);
        if (!authorization.isEmpty()) {
            options.addHeader("Authorization", authorization);
        }
        return client.connect(options);
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
