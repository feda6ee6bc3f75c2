package io.depthcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.KafkaBroker;
import io.depthcast.NeedsBroker;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway whose prices come from a topic of a real broker. */
@NeedsBroker
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class KafkaFeedTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();
    private KafkaProducer<byte[], byte[]> producer;

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void shouldGoOnWhereItWasAfterTheBrokerWasAway() throws Exception {
        KafkaBroker broker = KafkaBroker.started();
        open.add(broker);
        broker.createTopic("prices", 3, Map.of("compression.type", "zstd"));
        produceTo(broker);
        define("prices", "ACME", "10.00");
        define("prices", "BOLT", "20.00");
        Gateway gateway = gateway(broker, "prices", "oldest");
        awaitBid(gateway, "ACME", "10.00", "5");
        awaitBid(gateway, "BOLT", "20.00", "5");
        awaitStatus(gateway, "open");

        // Nobody hears that it is refused, so the book is another than its publisher's until told whole.
        write("prices", "ACME", "{\"op\":\"upd");
        awaitStatus(gateway, "ACME", "stale");
        assertThat(statuses(gateway)).containsEntry("BOLT", "open");
        define("prices", "ACME", "10.00");
        awaitStatus(gateway, "open");

        broker.kill();
        awaitStatus(gateway, "stale");
        broker.start();
        // An update and no snapshot: the book is whole, for a topic forgets nothing.
        write("prices", "ACME", "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"6\"]]}");
        awaitBid(gateway, "ACME", "10.00", "6");
        awaitStatus(gateway, "open");
        assertThat(gateway.meters()).isNotNull();
    }

    @Test
    void shouldBeginAtATimeAndHealWhatIsLostByTheNextSnapshot() throws Exception {
        KafkaBroker broker = KafkaBroker.shared();
        broker.createTopic("timed", 1, Map.of());
        produceTo(broker);
        define("timed", "OLD", "1.00");
        // A record's time is in milliseconds.
        Instant since = Instant.now().plusMillis(2);
        while (Instant.now().isBefore(since)) {
            Thread.onSpinWait();
        }
        define("timed", "ACME", "10.00");
        Gateway gateway = gateway(broker, "timed", since.toString());
        awaitBid(gateway, "ACME", "10.00", "5");
        assertThat(instruments(gateway))
                .extracting(each -> each.getString("symbol"))
                .containsExactly("ACME");

        broker.deleteTopic("timed");
        awaitStatus(gateway, "stale");
        broker.createTopic("timed", 1, Map.of());
        define("timed", "ACME", "11.00");
        awaitBid(gateway, "ACME", "11.00", "5");
        awaitStatus(gateway, "open");
    }

    @Test
    void shouldWaitForATopicThatIsNotThereAndNotMakeIt() throws Exception {
        KafkaBroker broker = KafkaBroker.shared();
        Gateway gateway = gateway(broker, "later", "newest");
        assertThat(get(gateway, "/v1/instruments")).contains("\"instruments\":[]");
        try (Admin admin = broker.admin()) {
            assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS)).doesNotContain("later");
        }
        broker.createTopic("later", 1, Map.of());
        produceTo(broker);
        // At the newest end of whatever there is when it looks, so it may have to be told twice.
        while (!get(gateway, "/v1/instruments").contains("ACME")) {
            define("later", "ACME", "10.00");
        }
        awaitBid(gateway, "ACME", "10.00", "5");
    }

    private Gateway gateway(KafkaBroker broker, String topic, String from) throws Exception {
        Gateway gateway = await(Gateway.start(TestSettings.with(
                "http.host=127.0.0.1",
                "http.port=0",
                "management.port=0",
                "ingest.port=none",
                "feed.kind=kafka",
                "feed.kafka.topic=" + topic,
                "feed.kafka.from=" + from,
                "kafka.bootstrap=" + broker.bootstrap(),
                "kafka.name=none")));
        open.add(() -> await(gateway.stop()));
        return gateway;
    }

    private void produceTo(KafkaBroker broker) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "reconnect.backoff.max.ms", 100),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        open.add(producer);
    }

    private void define(String topic, String symbol, String bid) throws Exception {
        write(
                topic,
                symbol,
                "{\"op\":\"define\",\"symbol\":\"" + symbol + "\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}");
        write(
                topic,
                symbol,
                "{\"op\":\"snapshot\",\"symbol\":\"" + symbol + "\",\"bids\":[[\"" + bid
                        + "\",\"5\"]],\"asks\":[[\"99.00\",\"7\"]]}");
    }

    private void write(String topic, String symbol, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, symbol.getBytes(UTF_8), value.getBytes(UTF_8)))
                .get(60, TimeUnit.SECONDS);
    }

    private void awaitBid(Gateway gateway, String symbol, String price, String size) throws Exception {
        while (!get(gateway, "/v1/book/" + symbol).contains("[[\"" + price + "\",\"" + size + "\"]]")) {
            Thread.onSpinWait();
        }
    }

    private void awaitStatus(Gateway gateway, String status) throws Exception {
        List<JsonObject> all = instruments(gateway);
        while (!all.stream().allMatch(each -> status.equals(each.getString("status")))) {
            all = instruments(gateway);
        }
    }

    private void awaitStatus(Gateway gateway, String symbol, String status) throws Exception {
        while (!status.equals(statuses(gateway).get(symbol))) {
            Thread.onSpinWait();
        }
    }

    private Map<String, String> statuses(Gateway gateway) throws Exception {
        return instruments(gateway).stream()
                .collect(Collectors.toMap(each -> each.getString("symbol"), each -> each.getString("status")));
    }

    private List<JsonObject> instruments(Gateway gateway) throws Exception {
        JsonArray all = new JsonObject(get(gateway, "/v1/instruments")).getJsonArray("instruments");
        return all.stream().map(JsonObject.class::cast).toList();
    }

    private String get(Gateway gateway, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.httpPort() + path))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
