package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A price of somebody's own, from a publisher to the public port of a whole gateway. */
@Timeout(90)
class PublishWireTest {
    private static final String DEFINE =
            "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\",\"status\":\"open\"}\n";
    private static final String SNAPSHOT =
            "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]]}\n";

    private final RunningGateway gateway = RunningGateway.start(200, io.depthcast.session.LimitSettings.DEFAULT);
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        gateway.close();
    }

    @Test
    void shouldShowABookThatWasPosted() throws Exception {
        RunningGateway.HttpAnswer answer = post("curl", DEFINE + SNAPSHOT);
        assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"refused\":[]}");
        awaitBook("\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]]");

        post("curl", "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.01\",\"3\"],[\"10.00\",\"0\"]]}");
        awaitBook("\"bids\":[[\"10.01\",\"3\"]],\"asks\":[[\"10.02\",\"7\"]]");

        assertThat(post("other", "{\"op\":\"remove\",\"symbol\":\"ACME\"}").body()).contains("\"code\":\"taken\"");
        assertThat(post("curl", "{\"op\":\"update\",\"symbol\":\"BTC-USD\",\"bids\":[]}").body())
                .contains("unknown-symbol");
    }

    @Test
    void shouldTellThatAPublisherIsGoneAndThatItIsBack() throws Exception {
        WebSocket first = connect("desk");
        first.writeTextMessage("[" + DEFINE + "," + SNAPSHOT + "]").toCompletionStage().toCompletableFuture().join();
        awaitStatus("open");
        first.close().toCompletionStage().toCompletableFuture().join();
        awaitStatus("stale");

        WebSocket second = connect("desk");
        second.writeTextMessage("[" + DEFINE + "," + SNAPSHOT + "]").toCompletionStage().toCompletableFuture().join();
        awaitStatus("open");
        awaitBook("\"bids\":[[\"10.00\",\"5\"]]");
    }

    private void awaitBook(String part) throws IOException {
        String body;
        do {
            ReaderOfBooks.heedTimeout();
            body = gateway.get("/v1/book/ACME?depth=10").body();
        } while (!body.contains(part));
    }

    private void awaitStatus(String status) throws IOException {
        String found;
        do {
            ReaderOfBooks.heedTimeout();
            found = new JsonObject(gateway.get("/v1/instruments").body())
                    .getJsonArray("instruments").stream()
                            .map(JsonObject.class::cast)
                            .filter(one -> one.getString("symbol").equals("ACME"))
                            .map(one -> one.getString("status"))
                            .findFirst()
                            .orElse("none");
        } while (!found.equals(status));
    }

    private RunningGateway.HttpAnswer post(String source, String lines) throws IOException {
        return RunningGateway.exchange(
                gateway.ingestPort(),
                "POST /v1/publish?source=" + source + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-ndjson\r\nContent-Length: " + lines.length() + "\r\n\r\n"
                        + lines);
    }

    private WebSocket connect(String source) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.ingestPort())
                .setURI("/v1/publish?source=" + source);
        return vertx.createWebSocketClient()
                .connect(options)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
