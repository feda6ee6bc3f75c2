package io.depthcast.http;

import static io.depthcast.http.PublisherSockets.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.client.PublishClient;
import io.depthcast.client.PublishClient.Level;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A price of somebody's own, from a publisher to the public port of a whole gateway. */
@Timeout(300)
@NeedsSockets
class PublishWireTest {
    private static final String DEFINE =
            "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\",\"status\":\"open\"}\n";
    private static final String SNAPSHOT =
            "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]]}\n";

    private final RunningGateway gateway = RunningGateway.start(200, RunningGateway.LIMITS);
    private final PublisherSockets sockets = new PublisherSockets();

    @AfterEach
    void stop() {
        sockets.close();
        gateway.close();
    }

    @Test
    void shouldShowABookThatWasPosted() throws Exception {
        RunningGateway.HttpAnswer answer = post("curl", DEFINE + SNAPSHOT);
        assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"refused\":[]}");
        awaitBook("\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]]");

        post("curl", "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.01\",\"3\"],[\"10.00\",\"0\"]]}");
        awaitBook("\"bids\":[[\"10.01\",\"3\"]],\"asks\":[[\"10.02\",\"7\"]]");

        assertThat(post("other", "{\"op\":\"remove\",\"symbol\":\"ACME\"}").body())
                .contains("\"code\":\"taken\"");
        assertThat(post("curl", "{\"op\":\"update\",\"symbol\":\"BTC-USD\",\"bids\":[]}")
                        .body())
                .contains("unknown-symbol");
    }

    @Test
    void shouldTakeNoChangeOfABookWhosePublisherWasGone() throws Exception {
        WebSocket first = connect("desk");
        say(first, "[" + DEFINE + "," + SNAPSHOT + "]");
        awaitBook("\"bids\":[[\"10.00\",\"5\"]]");
        await(first.close());
        String answer;
        do {
            ReaderOfBooks.heedTimeout();
            answer = post("desk", "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"6\"]]}")
                    .body();
        } while (!answer.contains("no-snapshot"));

        say(connect("desk"), "[" + DEFINE + "," + SNAPSHOT.replace("\"5\"", "\"8\"") + "]");
        awaitBook("\"bids\":[[\"10.00\",\"8\"]]");
    }

    @Test
    void shouldBeToldABookByAProgramInJavaThatComesBack() throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + gateway.ingestPort() + "/v1/publish?source=java");
        try (PublishClient client = new PublishClient(uri, null, refusal -> {})) {
            client.start();
            client.define("ACME", "0.01", "1");
            client.snapshot("ACME", List.of(Level.of("10.00", "5")), List.of(Level.of("10.02", "7")));
            client.update("ACME", List.of(Level.of("10.00", "0"), Level.of("9.5", "4")), List.of());
            awaitBook("\"bids\":[[\"9.50\",\"4\"]],\"asks\":[[\"10.02\",\"7\"]]");
            client.update("ACME", List.of(Level.of("9.555", "4")), List.of());
            while (client.refused() == 0) {
                ReaderOfBooks.heedTimeout();
            }
            assertThat(client.refused()).isEqualTo(1);
            assertThat(client.connections()).isEqualTo(1);
        }
    }

    private static void say(WebSocket publisher, String text) {
        await(publisher.writeTextMessage(text));
    }

    private void awaitBook(String part) throws IOException {
        String body;
        do {
            ReaderOfBooks.heedTimeout();
            body = gateway.get("/v1/book/ACME?depth=10").body();
        } while (!body.contains(part));
    }

    private RunningGateway.HttpAnswer post(String source, String lines) throws IOException {
        return RunningGateway.exchange(
                gateway.ingestPort(),
                "POST /v1/publish?source=" + source + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-ndjson\r\nContent-Length: " + lines.length() + "\r\n\r\n"
                        + lines);
    }

    private WebSocket connect(String source) {
        return await(sockets.connect(gateway.ingestPort(), source, ""));
    }
}
