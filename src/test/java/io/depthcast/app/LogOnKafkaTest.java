package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.KafkaBroker;
import io.depthcast.NeedsBroker;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Feeds and gateways that share a log on a real broker. */
@NeedsBroker
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class LogOnKafkaTest {
    private static final String BOOK = """
            {"op":"define","symbol":"ACME","tickSize":"0.01","lotSize":"1"}
            {"op":"snapshot","symbol":"ACME","bids":[["10.00","%s"]],"asks":[["10.02","7"]]}
            {"op":"trade","symbol":"ACME","price":"10.02","size":"2","side":"buy"}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private Gateway start(KafkaBroker broker, String name, String role) throws Exception {
        Gateway gateway = await(Gateway.start(TestSettings.with(
                "http.host=127.0.0.1",
                "http.port=0",
                "management.port=0",
                "ingest.port=0",
                "feed.kind=none",
                "node.role=" + role,
                "kafka.name=" + name,
                "kafka.bootstrap=" + broker.bootstrap())));
        open.add(() -> await(gateway.stop()));
        return gateway;
    }

    private String get(int port, String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** At whichever feed speaks: the port of the other one is not open. */
    private void publish(Gateway feed, String size) throws Exception {
        while (feed.ingestPort() == 0) {
            Thread.onSpinWait();
        }
        HttpRequest request = publishing(feed, size);
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        while (answer.statusCode() == 503) {
            // The port opens shortly before the feed's first turn.
            answer = http.send(request, BodyHandlers.ofString());
        }
        assertThat(answer.body()).isEqualTo("{\"accepted\":3,\"refused\":[]}");
    }

    private static HttpRequest publishing(Gateway feed, String size) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + feed.ingestPort() + "/v1/publish?source=test"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(BOOK.formatted(size)))
                .build();
    }

    private JsonObject awaitBid(Gateway gateway, String size) throws Exception {
        while (true) {
            JsonObject book = new JsonObject(get(gateway.httpPort(), "/v1/book/ACME?depth=10"));
            if (book.toString().contains("[\"10.00\",\"" + size + "\"]")) {
                return book;
            }
        }
    }

    private void awaitReady(Gateway gateway, String status) throws Exception {
        String found = "";
        while (!found.contains("\"name\":\"log\",\"status\":\"" + status)) {
            found = get(gateway.managementPort(), "/readyz");
        }
    }

    @Test
    void shouldServeOneMarketFromEveryGatewayAndGoOnInItWhenTheFeedIsGone() throws Exception {
        KafkaBroker broker = KafkaBroker.shared();
        Gateway feed = start(broker, "shared", "feed");
        publish(feed, "5");
        Gateway one = start(broker, "shared", "gateway");
        Gateway standby = start(broker, "shared", "feed");
        Gateway other = start(broker, "shared", "gateway");
        JsonObject before = awaitBid(one, "5");
        JsonObject elsewhere = awaitBid(other, "5");
        before.remove("sent");
        elsewhere.remove("sent");
        assertThat(elsewhere).isEqualTo(before);
        assertThat(get(other.httpPort(), "/v1/trades/ACME?limit=10"))
                .isEqualTo(get(one.httpPort(), "/v1/trades/ACME?limit=10"))
                .contains("10.02");
        for (Gateway each : List.of(feed, standby, one, other)) {
            awaitReady(each, "up");
        }
        assertThat(standby.ingestPort()).isZero();

        await(feed.stop());
        publish(standby, "6");
        for (Gateway each : List.of(one, other)) {
            JsonObject after = awaitBid(each, "6");
            assertThat(after.getLong("epoch")).isEqualTo(before.getLong("epoch"));
            assertThat(after.getLong("sequence")).isGreaterThan(before.getLong("sequence"));
            assertThat(get(each.httpPort(), "/v1/trades/ACME?limit=10")).contains("\"id\":1,", "\"id\":2,");
        }
    }

    @Test
    void shouldTellThatItIsStaleWhileTheBrokerIsAwayAndLoseNothing() throws Exception {
        KafkaBroker broker = KafkaBroker.started();
        open.add(broker);
        Gateway feed = start(broker, "away", "feed");
        publish(feed, "5");
        Gateway gateway = start(broker, "away", "gateway");
        JsonObject before = awaitBid(gateway, "5");
        awaitReady(gateway, "up");

        broker.kill();
        awaitReady(gateway, "down");
        CompletableFuture<HttpResponse<String>> published =
                http.sendAsync(publishing(feed, "6"), BodyHandlers.ofString());
        broker.start();
        JsonObject after = awaitBid(gateway, "6");
        assertThat(after.getLong("epoch")).isEqualTo(before.getLong("epoch"));
        // Nobody is told that it is taken before the log has it; whoever waits too long hears that nobody knows.
        assertThat(published.get(60, TimeUnit.SECONDS).body()).containsAnyOf("{\"accepted\":3,", "\"unsettled\"");
        awaitReady(gateway, "up");
    }

    @Test
    void shouldSayInALineWhatIsWrongWithATopic() throws Exception {
        KafkaBroker broker = KafkaBroker.shared();
        broker.createTopic("wrong.events", 2, Map.of("cleanup.policy", "compact"));
        Future<Gateway> failed = Gateway.start(TestSettings.with(
                "http.port=0", "management.port=0", "kafka.name=wrong", "kafka.bootstrap=" + broker.bootstrap()));
        String message = failed.toCompletionStage()
                .toCompletableFuture()
                .handle((gateway, failure) -> failure.getMessage())
                .get(60, TimeUnit.SECONDS);
        assertThat(message)
                .contains(
                        "topic wrong.events: expected one partition, for one order of all, got 2",
                        "topic wrong.events: expected cleanup.policy=delete, got compact",
                        "topic wrong.events: expected message.timestamp.type=LogAppendTime, got CreateTime");
    }
}
