package io.depthcast.source;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** An exchange on a free port that speaks as Binance spot does, whatever a test has it say. Its methods: any thread. */
final class FakeExchange implements AutoCloseable {
    /** What it answers of each symbol: to {@code exchangeInfo}, and to {@code depth}. */
    final Map<String, String> listings = new ConcurrentHashMap<>();

    final Map<String, String> depths = new ConcurrentHashMap<>();
    /** Whose streams it refuses. */
    final Set<String> closed = ConcurrentHashMap.newKeySet();

    final AtomicInteger connections = new AtomicInteger();
    private final Vertx vertx;
    private final HttpServer server;
    private volatile ServerWebSocket newest;

    FakeExchange(Vertx vertx) {
        this.vertx = vertx;
        server = vertx.createHttpServer()
                .webSocketHandler(this::connected)
                .requestHandler(this::asked)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    BinanceSettings settings(List<String> names) {
        String there = "127.0.0.1:" + server.actualPort();
        return new BinanceSettings("http://" + there, "ws://" + there, String.join(",", names));
    }

    /** Lists it, with a book of one level a side up to update 5. */
    void list(String name, String tickSize) {
        listings.put(name, listing(name, tickSize));
        depths.put(name, "{\"lastUpdateId\":5,\"bids\":[[\"10\",\"5\"]],\"asks\":[[\"12\",\"7\"]]}");
    }

    static String listing(String name, String tickSize) {
        return "{\"symbol\":\"" + name + "\",\"status\":\"TRADING\",\"baseAsset\":\"" + name
                + "\",\"quoteAsset\":\"X\","
                + "\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"" + tickSize
                + "\"},{\"filterType\":\"LOT_SIZE\",\"stepSize\":\"1\"}]}";
    }

    /** To whoever is connected. */
    void tell(String message) {
        vertx.runOnContext(now -> newest.writeTextMessage(message));
    }

    private void asked(HttpServerRequest request) {
        if (request.path().endsWith("/exchangeInfo")) {
            List<Object> names =
                    new JsonArray(request.getParam("symbols")).stream().toList();
            boolean areKnown = listings.keySet().containsAll(names);
            String info = names.stream().map(listings::get).collect(Collectors.joining(",", "{\"symbols\":[", "]}"));
            answer(request, areKnown ? info : null);
        } else {
            answer(request, depths.get(request.getParam("symbol")));
        }
    }

    private static void answer(HttpServerRequest request, String answer) {
        request.response()
                .setStatusCode(answer == null ? 400 : 200)
                .end(answer == null ? "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}" : answer);
    }

    private void connected(ServerWebSocket socket) {
        connections.incrementAndGet();
        newest = socket;
        socket.textMessageHandler(text -> {
            JsonObject command = new JsonObject(text);
            boolean isRefused = command.getJsonArray("params").stream()
                    .anyMatch(stream -> closed.contains(
                            stream.toString().replaceAll("@.*", "").toUpperCase(Locale.ROOT)));
            socket.writeTextMessage(
                    isRefused
                            ? "{\"error\":{\"code\":2,\"msg\":\"Invalid request\"},\"id\":" + command.getValue("id")
                                    + "}"
                            : "{\"result\":null,\"id\":" + command.getValue("id") + "}");
        });
    }

    @Override
    public void close() {
        server.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
