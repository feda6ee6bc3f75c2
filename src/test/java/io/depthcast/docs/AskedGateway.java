package io.depthcast.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.http.RunningGateway;
import io.depthcast.market.FeedSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gateway with the default settings for the tests of a class, and clients to ask it with. */
final class AskedGateway implements BeforeAllCallback, AfterAllCallback {
    private static final String HOST = "127.0.0.1";
    private static final int PATIENCE_SECONDS = 60;
    private static final int ENDLESS_BYTES = 1_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningGateway gateway;
    private Vertx vertx;
    private WebSocketClient webSockets;

    @Override
    public void beforeAll(ExtensionContext tests) {
        gateway = RunningGateway.start(FeedSettings.DEFAULT_EVENTS_PER_SECOND, RunningGateway.LIMITS);
        vertx = Vertx.vertx();
        webSockets = vertx.createWebSocketClient();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        await(vertx.close());
        gateway.close();
    }

    int port() {
        return gateway.port();
    }

    int managementPort() {
        return gateway.managementPort();
    }

    /** Answer of an HTTP request. */
    record Reply(int status, HttpHeaders headers, String text) {
        String contentType() {
            return headers.firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        }

        /** As nested maps and lists. */
        Map<String, Object> json() {
            return new JsonObject(text).getMap();
        }
    }

    Reply get(String path) throws Exception {
        return get(port(), path);
    }

    /** Nothing that is asked here is to be refused; what a busy machine kept from an answer is asked again. */
    Reply get(int port, String path) throws Exception {
        Reply reply = getOnce(port, path);
        while (reply.status() == 503) {
            reply = getOnce(port, path);
        }
        return reply;
    }

    private Reply getOnce(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return new Reply(response.statusCode(), response.headers(), new String(read(response, body), UTF_8));
        }
    }

    /** The body, of one without an end its beginning. */
    private static byte[] read(HttpResponse<?> response, InputStream body) throws IOException {
        boolean isEndless =
                response.headers().firstValue("Content-Type").orElse("").equals("text/event-stream");
        return isEndless ? body.readNBytes(ENDLESS_BYTES) : body.readAllBytes();
    }

    /** Opens the stream. */
    StreamClient connect(String subprotocol) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(HOST)
                .setPort(port())
                .setURI("/v1/stream")
                .setSubProtocols(List.of(subprotocol));
        StreamClient client = new StreamClient(webSockets.webSocket());
        return await(client.connect(options));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
