package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.client.BookMessage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The slow-consumer ladder and the limits per client over real sockets. */
@NeedsSockets
@Timeout(300)
class LadderWireTest {
    private static final String ALL_BOOKS = subscription("book", "*", ",\"depth\":25");
    private static final String SLOW = "depthcast_clients{rung=\"slow\"}";
    private static final String CLOSED_SLOW = "depthcast_closes_total{code=\"4000\"}";
    private static final int KIB = 1_024;

    private RunningGateway gateway;
    private Follower keen;

    @AfterEach
    void stop() throws IOException {
        keen.close();
        gateway.close();
    }

    /** With a pace for whoever comes after the one that does its best, but may be late on a busy machine. */
    private void start(Map<String, Integer> pace) throws Exception {
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
        keen = Follower.open(gateway);
        keen.socket.send(subscription("book", "BTC-USD", ",\"depth\":10"));
        keepUp();
        gateway.limit(RunningGateway.LIMITS, RunningGateway.pace(pace));
    }

    @Test
    void shouldBringAClientThatStoppedReadingUpToDateWithOneMergedMessagePerBook() throws Exception {
        start(Map.of("slowSeconds", 2, "slowCloseSeconds", 60));
        try (Follower client =
                new Follower(RawWebSocket.connectNarrow(gateway.port()).shakeHands(), gateway.instruments())) {
            client.socket.send(ALL_BOOKS);
            client.readUntil(() -> client.books.size() > 10 * 24);
            // Then a ping is unanswered, and nothing more is sent before it is.
            while (gateway.metric(SLOW) < 1) {
                keepUp();
            }
            long fromMicros = nowMicros();
            keen.readUntil(() -> lastOf(keen.books).sentMicros() > fromMicros);
            int updates = keen.books.size();
            keen.readUntil(() -> keen.books.size() > updates + 100);
            long toMicros = lastOf(keen.books).sentMicros();

            client.readUntil(() -> booksSentAfter(toMicros, client) == 24);

            assertThat(client.books.stream().map(BookMessage::sentMicros))
                    .noneMatch(sent -> sent > fromMicros && sent < toMicros);
            client.readUntil(() -> isLiveAgain(notices(client.replies)));
            assertThat(notices(client.replies)).containsSubsequence("conflating", "slow", "conflating", "live");
        }
    }

    /** After it was slow; on a busy machine it may have been behind for a moment before. */
    private static boolean isLiveAgain(List<String> notices) {
        return notices.lastIndexOf("live") > notices.lastIndexOf("slow");
    }

    private static BookMessage lastOf(List<BookMessage> books) {
        return books.get(books.size() - 1);
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static long booksSentAfter(long micros, Follower client) {
        return client.books.stream()
                .filter(book -> book.sentMicros() > micros)
                .map(BookMessage::instrumentId)
                .distinct()
                .count();
    }

    @Test
    void shouldWarnAndThenCloseAClientThatNeverAnswers() throws Exception {
        start(Map.of("ackMillis", 100, "slowSeconds", 1, "slowCloseSeconds", 1));
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            client.answersPings = false;
            client.send(ALL_BOOKS);

            List<JsonObject> told = readToTheClose(client);
            assertThat(notices(told)).containsExactly("conflating", "slow", "4000");
            assertThat(told.get(told.size() - 1).getString("reason"))
                    .matches("slow consumer: ([2-9]|\\d\\d+)\\.\\d s behind, \\d+\\.\\d KiB pending");
        }
    }

    @Test
    void shouldWarnAndThenCloseAClientThatNeverReads() throws Exception {
        start(Map.of("ackMillis", 100, "slowSeconds", 1, "slowCloseSeconds", 1));
        try (RawWebSocket client = RawWebSocket.connectNarrow(gateway.port()).shakeHands()) {
            client.answersPings = false;
            client.send(ALL_BOOKS);
            double pendingBytes = 0;
            while (gateway.metric(CLOSED_SLOW) < 1) {
                keepUp();
                pendingBytes = Math.max(pendingBytes, gateway.metric("depthcast_pending_bytes"));
            }

            assertThat(pendingBytes).isLessThan(32.0 * KIB);
            List<JsonObject> told = readToTheClose(client);
            assertThat(notices(told)).containsExactly("conflating", "slow", "4000");
            assertThat(told.get(told.size() - 1).getString("reason")).endsWith(" KiB pending");
        }
        keepUp();
    }

    @Test
    void shouldSendNoMoreThanTheClientAsksFor() throws Exception {
        start(Map.of());
        int bytesPerSecond = 20_000;
        try (Follower client = Follower.open(gateway)) {
            long startNanos = System.nanoTime();
            long startBytes = client.socket.readBytes();
            client.socket.send("{\"op\":\"limit\",\"bytesPerSecond\":" + bytesPerSecond + "}");
            client.socket.send(ALL_BOOKS);
            client.readUntil(() -> client.provedBooks() == 24);
            client.readUntil(() -> client.socket.readBytes() >= startBytes + 3L * bytesPerSecond);

            // What may come at once, and the message of debt before and after, are less than two seconds' worth.
            double leastSeconds = 3 - 2;
            assertThat((System.nanoTime() - startNanos) / 1e9).isGreaterThan(leastSeconds);
            assertThat(client.replies).anySatisfy(reply -> assertThat(reply.encode())
                    .isEqualTo("{\"op\":\"limited\",\"bytesPerSecond\":" + bytesPerSecond + "}"));
            assertThat(notices(client.replies)).contains("conflating").doesNotContain("slow");
        }
    }

    @Test
    void shouldSendSnapshotsBeyondTheBudgetLater() throws Exception {
        start(Map.of("snapshotsPerSecond", 10, "snapshotBurst", 4, "ackMillis", 10_000));
        try (Follower client = Follower.open(gateway)) {
            long startNanos = System.nanoTime();
            client.socket.send(ALL_BOOKS);
            client.readUntil(() -> client.provedBooks() == 24);

            assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(1_900_000_000L);
            assertThat(notices(client.replies)).isEmpty();
        }
    }

    @Test
    void shouldEndAConnectionAfterItsLifetime() throws Exception {
        start(Map.of("lifetimeSeconds", 5, "ackMillis", 10_000));
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            client.send(ALL_BOOKS);
            List<JsonObject> told = readToTheClose(client);
            assertThat(notices(told)).containsExactly("1012");
            assertThat(told.get(told.size() - 1).getString("reason"))
                    .isEqualTo("a connection lasts 0.0 h; reconnect and resume");
        }
    }

    /** What the client is told besides market data, and the close as the last of it. */
    private static List<JsonObject> readToTheClose(RawWebSocket client) throws IOException {
        List<JsonObject> told = new ArrayList<>();
        while (true) {
            RawWebSocket.Message message = client.read();
            if (message.opcode() == ClientFrames.CLOSE) {
                String reason = message.text().substring(2);
                told.add(new JsonObject().put("close", message.closeCode()).put("reason", reason));
                return told;
            }
            if (message.opcode() == ClientFrames.TEXT && message.text().startsWith("{\"op\"")) {
                told.add(new JsonObject(message.text()));
            }
        }
    }

    /** The codes of the notices, and that of the close. */
    private static List<String> notices(List<JsonObject> told) {
        return told.stream()
                .filter(message -> message.containsKey("close") || "notice".equals(message.getString("op")))
                .map(message -> message.containsKey("close")
                        ? message.getInteger("close").toString()
                        : message.getString("code"))
                .toList();
    }

    /** The good client beside them gets on by some updates, each of them proved. */
    private void keepUp() throws IOException {
        int updates = keen.books.size();
        keen.readUntil(() -> keen.books.size() > updates + 5);
    }
}
