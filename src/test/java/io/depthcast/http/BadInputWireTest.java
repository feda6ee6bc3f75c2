package io.depthcast.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.depthcast.NeedsSockets;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Books;
import io.depthcast.feed.Door;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.LevelChanges;
import io.depthcast.metrics.Meters;
import io.depthcast.source.BadInput;
import io.depthcast.source.RecordedMarket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What publishers get wrong, over sockets: the named refusal or repair, and nobody else notices. */
@NeedsSockets
@Timeout(300)
class BadInputWireTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Of a frame; what is longer goes in several. */
    private static final int PIECE_BYTES = 400_000;

    private static final String UPDATE = "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"6\"]]}";

    private final Intake intake = new Intake(BadInput.T0 - 10_000_000, IntakeListener.NONE);
    private final Books shard = new Books(0, 1);
    private final Ingest ingest = new Ingest(
            IngestSetup.open(new IngestSettings("127.0.0.1", "0"), new Meters(new SimpleMeterRegistry(), "test")));
    /** Of ACME and of the neighbour, as they are now; the feed loop writes. */
    private volatile String books = "";

    private String deployed;

    static Stream<Arguments> everyWayIn() {
        return BadInput.ALL.stream()
                .flatMap(each -> Stream.of("websocket", "post").map(way -> arguments(way, each)));
    }

    @BeforeEach
    void start() {
        deployed = await(VERTX.deployVerticle(new FeedLoop()));
    }

    @AfterEach
    void stop() {
        await(VERTX.undeploy(deployed));
    }

    @AfterAll
    static void end() {
        await(VERTX.close());
    }

    private final class FeedLoop extends VerticleBase {
        private final Door neighbour = intake.open("neighbour", Integer.MAX_VALUE);
        private final Door door = intake.open("publish", Integer.MAX_VALUE);

        @Override
        public Future<?> start() {
            shard.replace(intake.snapshot());
            StepSize one = StepSize.parse("1");
            intake.begin(BadInput.T0, System.nanoTime());
            assertThat(neighbour.define("BOLT", one, one, InstrumentStatus.OPEN))
                    .isNull();
            assertThat(neighbour.snapshot("BOLT", levels(7), levels(8), 0)).isNull();
            return ingest.start(VERTX).onSuccess(started -> {
                poll();
                VERTX.setPeriodic(1, tick -> poll());
            });
        }

        private void poll() {
            intake.begin(BadInput.T0, System.nanoTime());
            ingest.poll(door, BadInput.T0, System.nanoTime());
            shard.apply(Objects.requireNonNullElseGet(intake.take(), intake::heartbeat));
            books = RecordedMarket.text(shard)
                    .lines()
                    .filter(line -> line.startsWith("ACME ") || line.startsWith("BOLT "))
                    .collect(Collectors.joining("\n"));
        }

        @Override
        public Future<?> stop() {
            return ingest.stop();
        }
    }

    private static LevelChanges levels(long priceTicks) {
        LevelChanges changes = new LevelChanges();
        changes.add(priceTicks, 1);
        return changes;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyWayIn")
    void shouldRefuseOrRepairItAndNobodyElseNotices(String way, BadInput bad) throws Exception {
        List<String> refused =
                bad.outcomes().stream().filter(outcome -> !outcome.equals("ok")).toList();
        boolean isTooBig = bad.objects().get(0).length() > PIECE_BYTES;
        if (way.equals("post")) {
            assertThat(post(String.join("\n", BadInput.GOOD) + "\n" + String.join("\n", bad.objects())))
                    .isEqualTo(refused);
        } else {
            assertThat(overWebSocket(bad)).isEqualTo(isTooBig ? List.of("close 1009") : refused);
        }
        awaitBooks("ACME 0.01 OPEN " + bad.book() + "\nBOLT 1 OPEN [7x1] [8x1]");
    }

    @Test
    void shouldTakeTheWholeLinesOfWhoStopsInTheMiddleOfOne() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(ingest.port())) {
            socket.write(
                    (head("Content-Length: 100000") + String.join("\n", BadInput.GOOD) + "\n" + UPDATE.substring(0, 40))
                            .getBytes(ISO_8859_1));
            awaitBooks("ACME 0.01 OPEN " + BadInput.BOOK + "\nBOLT 1 OPEN [7x1] [8x1]");
            socket.reset();
        }
        // What it had begun to say is not put together with what the next one says.
        assertThat(post(UPDATE)).isEmpty();
        awaitBooks("ACME 0.01 OPEN [1000x60] [1002x70]\nBOLT 1 OPEN [7x1] [8x1]");
    }

    @Test
    void shouldTakeAnObjectThatComesByteByByteWithAWindowsLineEnd() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(ingest.port())) {
            socket.write(head("Transfer-Encoding: chunked").getBytes(ISO_8859_1));
            for (byte each : (String.join("\r\n", BadInput.GOOD) + "\r\n" + UPDATE + "\r\n").getBytes(ISO_8859_1)) {
                socket.write("1\r\n".getBytes(ISO_8859_1));
                socket.write(each, (byte) '\r', (byte) '\n');
            }
            socket.write("0\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(socket.readHead()).startsWith("HTTP/1.1 200 ");
            awaitBooks("ACME 0.01 OPEN [1000x60] [1002x70]\nBOLT 1 OPEN [7x1] [8x1]");
        }
    }

    private static String head(String length) {
        return String.join(
                "\r\n",
                "POST /v1/publish?source=me HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/x-ndjson",
                length,
                "",
                "");
    }

    private void awaitBooks(String expected) throws IOException {
        while (!books.equals(expected)) {
            ReaderOfBooks.heedTimeout();
        }
    }

    private List<String> overWebSocket(BadInput bad) throws IOException {
        try (RawWebSocket socket = RawWebSocket.connect(ingest.port())) {
            socket.write(RawWebSocket.handshake()
                    .replace("/v1/stream", "/v1/publish?source=me")
                    .getBytes(ISO_8859_1));
            assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
            socket.send("[" + String.join(",", BadInput.GOOD) + "]");
            for (String object : bad.objects()) {
                send(socket, object.getBytes(ISO_8859_1));
            }
            return outcomes(socket, BadInput.GOOD.size() + bad.outcomes().size());
        }
    }

    private static void send(RawWebSocket socket, byte[] text) throws IOException {
        int first = ClientFrames.TEXT;
        int from = 0;
        while (text.length - from > PIECE_BYTES) {
            socket.write(ClientFrames.frame(first, Arrays.copyOfRange(text, from, from + PIECE_BYTES)));
            first = ClientFrames.CONTINUATION;
            from += PIECE_BYTES;
        }
        socket.write(ClientFrames.frame(ClientFrames.FIN | first, Arrays.copyOfRange(text, from, text.length)));
    }

    /** Codes of what was refused, until all is looked at or the connection is closed. */
    private static List<String> outcomes(RawWebSocket socket, int objects) throws IOException {
        List<String> codes = new ArrayList<>();
        while (true) {
            RawWebSocket.Message message = socket.read();
            if (message.opcode() == ClientFrames.CLOSE) {
                codes.add("close " + message.closeCode());
                return codes;
            }
            String text = message.text();
            codes.addAll(codes(text));
            if (text.contains("\"through\":" + objects + "}")) {
                return codes;
            }
        }
    }

    private List<String> post(String lines) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ingest.port() + "/v1/publish?source=me"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(lines.getBytes(ISO_8859_1)))
                .build();
        return codes(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    private static List<String> codes(String answer) {
        return Arrays.stream(answer.split("\"code\":\"", -1))
                .skip(1)
                .map(part -> part.substring(0, part.indexOf('"')))
                .toList();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
