package io.depthcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.depthcast.BrokerSecurity;
import io.depthcast.HeardLog;
import io.depthcast.KafkaBroker;
import io.depthcast.NeedsBroker;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code kafka.properties} says of TLS and passwords, to a broker that wants to know. */
@NeedsBroker
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class KafkaSecurityTest {
    private static final String WRONG = "not-the-one-91c2";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    /** As an operator may have it, who looks for what is wrong. */
    private final HeardLog log = HeardLog.ofAll(Level.INFO);

    @AfterEach
    void stop() {
        log.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameAWrongPasswordWithoutTellingItAndReadOnceItIsRight(BrokerSecurity.Way way) throws Exception {
        KafkaBroker broker = KafkaBroker.shared();
        BrokerSecurity security = broker.security();
        String topic = "secured-" + way;
        broker.createTopic(topic, 1, Map.of());
        try (Admin admin = broker.admin()) {
            security.setPassword(admin, KafkaBroker.PASSWORD);
        }
        write(broker, topic);
        Path file = folder.resolve("kafka.properties");
        Files.writeString(file, security.properties(way, WRONG));

        Gateway gateway = await(Gateway.start(TestSettings.with(
                "http.host=127.0.0.1",
                "http.port=0",
                "management.port=0",
                "ingest.port=none",
                "feed.kind=kafka",
                "feed.kafka.topic=" + topic,
                "feed.kafka.from=oldest",
                "kafka.bootstrap=" + security.bootstrap(way),
                "kafka.properties=" + file,
                "kafka.name=none")));
        try {
            await("the topic " + topic + " cannot be read: Authentication failed");
            Files.writeString(file, security.properties(way, KafkaBroker.PASSWORD));
            awaitBook(gateway);

            while (!get(gateway.httpPort(), "/v1/instruments").contains("\"status\":\"open\"")) {
                Thread.onSpinWait();
            }
            assertThat(get(gateway.managementPort(), "/metrics"))
                    .containsPattern("depthcast_source_reconnects_total\\{[^}]*kind=\"kafka\"[^}]*} [1-9]")
                    .doesNotContain(WRONG, KafkaBroker.PASSWORD);
            assertThat(lines())
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(WRONG) || line.contains(KafkaBroker.PASSWORD));
        } finally {
            await(gateway.stop());
        }
    }

    private static void write(KafkaBroker broker, String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            String objects = "[{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"},"
                    + "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"5\"]],\"asks\":[]}]";
            producer.send(new ProducerRecord<>(topic, "ACME".getBytes(UTF_8), objects.getBytes(UTF_8)))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private List<String> lines() {
        return log.lines().stream()
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .toList();
    }

    private void await(String part) {
        while (lines().stream().noneMatch(line -> line.contains(part))) {
            Thread.onSpinWait();
        }
    }

    private void awaitBook(Gateway gateway) throws Exception {
        while (!get(gateway.httpPort(), "/v1/book/ACME").contains("[[\"10.00\",\"5\"]]")) {
            Thread.onSpinWait();
        }
    }

    private String get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
