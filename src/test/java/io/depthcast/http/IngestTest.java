package io.depthcast.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.metrics.Meters;
import io.depthcast.source.PlainDoor;
import io.depthcast.source.Publishers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ingest port on real sockets, with a door that keeps what it is told. */
@Timeout(300)
@NeedsSockets
class IngestTest {
    private static final String DEFINE =
            "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}";
    private static final String BEAT = "{\"op\":\"heartbeat\"}";

    private final Vertx vertx = Vertx.vertx();
    private final PlainDoor door = new PlainDoor();
    private final Ingest ingest = new Ingest(
            IngestSetup.open(new IngestSettings("127.0.0.1", "0"), new Meters(new SimpleMeterRegistry(), "test")));
    /** Both held, because a client that is collected closes its connections. */
    private WebSocketClient client;

    private HttpClient poster;

    @BeforeEach
    void start() {
        await(vertx.deployVerticle(new FeedLoop()));
        client = vertx.createWebSocketClient();
        poster = vertx.createHttpClient();
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private final class FeedLoop extends VerticleBase {
        @Override
        public Future<?> start() {
            return ingest.start(vertx).onSuccess(started -> {
                ingest.poll(door, 0, System.nanoTime());
                vertx.setPeriodic(2, timer -> ingest.poll(door, 0, System.nanoTime()));
            });
        }
    }

    /** A publisher's connection and what it hears. */
    private record Wire(WebSocket socket, BlockingQueue<String> heard) {
        String next() throws InterruptedException {
            return heard.poll(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldTakeObjectsAndArraysOverAWebSocketAndSaySo() throws Exception {
        Wire wire = connect("desk");
        assertThat(wire.socket.subProtocol()).isEqualTo("depthcast.publish.v1");
        await(wire.socket.writeTextMessage(DEFINE));
        assertThat(wire.next()).isEqualTo("{\"op\":\"published\",\"through\":1}");
        await(wire.socket.writeTextMessage("[" + BEAT + ",{\"op\":\"update\",\"symbol\":\"NOPE\"}]"));
        assertThat(wire.next())
                .isEqualTo("{\"op\":\"refused\",\"object\":3,\"code\":\"unknown-symbol\","
                        + "\"reason\":\"no instrument \\\"NOPE\\\"; define it first\"}");
        assertThat(wire.next()).isEqualTo("{\"op\":\"published\",\"through\":3}");
        assertThat(door.told).containsExactly("define ACME 0.01 1 open", "heartbeat");
    }

    @Test
    void shouldPutTogetherWhatComesInFragments() throws Exception {
        Wire wire = connect("desk");
        await(wire.socket.writeFrame(WebSocketFrame.textFrame("{\"op\":\"hea", false)));
        await(wire.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("rtbeat\"}"), true)));
        assertThat(wire.next()).isEqualTo("{\"op\":\"published\",\"through\":1}");
        assertThat(door.told).containsExactly("heartbeat");
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() throws Exception {
        Wire wire = connect("desk");
        WebSocketFrame first = WebSocketFrame.textFrame("{\"op\":\"", false);
        await(wire.socket.writeFrame(first));
        await(wire.socket.writeFrame(
                WebSocketFrame.continuationFrame(Buffer.buffer("\u00e9\"}".getBytes(ISO_8859_1)), true)));
        assertThat(wire.next())
                .contains("\"refused\",\"object\":1,\"code\":\"bad-request\",\"reason\":\"expected text in UTF-8\"");
    }

    @Test
    void shouldCloseTheFirstOfTwoConnectionsOfOneName() throws Exception {
        Wire first = connect("desk");
        Wire other = connect("other");
        Wire second = connect("desk");
        assertThat(first.next()).isEqualTo("closed 4009 another connection of this source has taken over");
        await(second.socket.writeTextMessage(BEAT));
        await(other.socket.writeTextMessage(BEAT));
        assertThat(second.next()).contains("published");
        assertThat(other.next()).contains("published");
    }

    @Test
    void shouldCloseWhoSendsBytesOrTooMany() throws Exception {
        Wire binary = connect("desk");
        await(binary.socket.writeBinaryMessage(Buffer.buffer("{}")));
        assertThat(binary.next()).startsWith("closed 1003 ");

        Wire big = connect("desk");
        Buffer half = Buffer.buffer(" ".repeat(Publishers.MAX_TEXT_BYTES / 2 + 1));
        await(big.socket.writeFrame(WebSocketFrame.textFrame(half.toString(), false)));
        await(big.socket.writeFrame(WebSocketFrame.continuationFrame(half, true)));
        assertThat(big.next()).startsWith("closed 1009 ");
    }

    @Test
    void shouldReadNoFurtherWhileTheFeedHasNoRoom() throws Exception {
        Wire wire = connect("desk");
        await(wire.socket.writeTextMessage(BEAT));
        assertThat(wire.next()).contains("published");
        door.full = true;
        String much = BEAT + " ".repeat(Publishers.MAX_TEXT_BYTES - 100);
        // More than the kernel holds for both sides, so that some of it waits here.
        Future<?> last = Future.succeededFuture();
        for (int i = 0; i < 40; i++) {
            last = wire.socket.writeTextMessage(much);
        }
        assertThat(wire.socket.writeQueueFull()).isTrue();
        assertThat(last.isComplete()).isFalse();
        door.full = false;
        await(wire.socket.writeTextMessage(DEFINE));
        while (!door.told.contains("define ACME 0.01 1 open")) {
            assertThat(wire.next()).contains("published");
        }
        assertThat(door.told).hasSize(2 + 40);
    }

    /** Netty follows the buffers, and this class fails if one is dropped: by the one, and by the end of the other. */
    @Test
    void shouldGiveBackWhatWaitsToBeReadOfWhoIsGone() throws Exception {
        try (RawWebSocket gone = publisher("gone");
                RawWebSocket stays = publisher("stays")) {
            door.full = true;
            for (int i = 0; i < 100; i++) {
                gone.write(ClientFrames.text(BEAT));
                stays.write(ClientFrames.text(BEAT));
            }
            // Of the same loop, so that it has seen some of these when this is answered.
            assertThat(post("/v1/other", "application/x-ndjson", "").status).isEqualTo(404);
            gone.reset();
            await(vertx.close());
        }
    }

    private RawWebSocket publisher(String name) throws IOException {
        RawWebSocket publisher = RawWebSocket.connect(ingest.port());
        String head = RawWebSocket.handshake().replace("/v1/stream", "/v1/publish?source=" + name);
        publisher.write(head.getBytes(UTF_8));
        assertThat(publisher.readHead()).startsWith("HTTP/1.1 101 ");
        publisher.write(ClientFrames.text(BEAT));
        assertThat(publisher.read().text()).contains("published");
        return publisher;
    }

    @Test
    void shouldTakeLinesThatArePosted() {
        HttpAnswer answer = post("/v1/publish?source=desk", "application/x-ndjson", DEFINE + "\nx\n" + BEAT);
        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.body)
                .isEqualTo("{\"accepted\":2,\"refused\":[{\"line\":2,\"code\":\"bad-request\",\"reason\":"
                        + "\"not JSON; nothing behind it was read\"}]}");
        assertThat(door.told).containsExactly("define ACME 0.01 1 open", "heartbeat");
        assertThat(door.opened).containsExactly("desk 10000");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/publish?source=desk, application/x-ndjson, 400, accepted",
        "/v1/publish?source=desk, application/json, 415, unsupported-media-type",
        "/v1/publish, application/x-ndjson, 400, bad-request",
        "/v1/publish?source=a%20b, application/x-ndjson, 400, bad-request",
        "/v1/publish?source=a&source=b, application/x-ndjson, 400, bad-request",
        "/v1/other, application/x-ndjson, 404, not-found",
    })
    void shouldSayWhatIsWrongWithARequest(String target, String type, int status, String code) {
        HttpAnswer answer = post(target, type, "{}");
        assertThat(answer.status).isEqualTo(status);
        assertThat(answer.body).contains(code);
        assertThat(door.told).isEmpty();
    }

    private record HttpAnswer(int status, String body) {}

    private HttpAnswer post(String target, String type, String body) {
        return await(poster.request(HttpMethod.POST, ingest.port(), "127.0.0.1", target)
                .compose(request -> request.putHeader("Content-Type", type).send(body))
                .compose(response ->
                        response.body().map(bytes -> new HttpAnswer(response.statusCode(), bytes.toString()))));
    }

    private Wire connect(String source) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(ingest.port())
                .setURI("/v1/publish?source=" + source)
                .setSubProtocols(List.of("depthcast.publish.v1"));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Promise<WebSocket> open = Promise.promise();
        client.connect(options)
                .onSuccess(socket -> {
                    socket.textMessageHandler(heard::add);
                    socket.closeHandler(
                            end -> heard.add("closed " + socket.closeStatusCode() + " " + socket.closeReason()));
                })
                .onComplete(open);
        return new Wire(await(open.future()), heard);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(120, TimeUnit.SECONDS)
                .join();
    }
}
