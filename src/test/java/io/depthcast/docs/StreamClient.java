package io.depthcast.docs;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A WebSocket that keeps what it receives until a test takes it: as text, to be compared with what the documents say. The
 * Java client would show no more than what its decoders make of it.
 */
final class StreamClient {
    private static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<Map<String, Object>> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Buffer> binaryMessages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final ClientWebSocket socket;
    private final AtomicInteger batches = new AtomicInteger();

    StreamClient(ClientWebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(this::onText);
        socket.binaryMessageHandler(binaryMessages::add);
        socket.closeHandler(closed -> closeCode.complete((int) socket.closeStatusCode()));
    }

    Future<StreamClient> connect(WebSocketConnectOptions options) {
        return socket.connect(options).map(this);
    }

    private void onText(String text) {
        Object received = Json.decodeValue(text);
        if (received instanceof JsonArray batch) {
            batches.incrementAndGet();
            batch.forEach(message -> messages.add(((JsonObject) message).getMap()));
        } else {
            messages.add(((JsonObject) received).getMap());
        }
    }

    void send(String command) {
        socket.writeTextMessage(command);
    }

    /** The next JSON message, alone or out of a batch. */
    Map<String, Object> next() throws InterruptedException {
        return Objects.requireNonNull(messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "nothing more came");
    }

    /** The next JSON message of a kind; those before it are dropped. */
    Map<String, Object> next(Predicate<Map<String, Object>> wanted) throws InterruptedException {
        Map<String, Object> message = next();
        while (!wanted.test(message)) {
            message = next();
        }
        return message;
    }

    Buffer nextBinary() throws InterruptedException {
        return Objects.requireNonNull(binaryMessages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "nothing more came");
    }

    /** Arrays received. */
    int batches() {
        return batches.get();
    }

    /** Waits for the end of the connection. */
    int closeCode() throws Exception {
        return closeCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What has been received and not been taken. */
    List<Map<String, Object>> rest() {
        return List.copyOf(messages);
    }
}
