package io.depthcast.source;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is subscribed to: of each symbol its changes ten times a second, and its trades. One command after the
 * other, for many symbols at once; of one that is refused the symbols are tried by halves, so that it is only the one that
 * the exchange refuses which is left out. Feed loop only.
 */
final class BinanceSubscriptions {
    /** At two streams each. */
    private static final int SYMBOLS_PER_COMMAND = 100;
    /** The exchange ends who sends it more than five messages a second, pings included. */
    private static final long COMMAND_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final WebSocket socket;
    private final Queue<List<String>> waiting = new ArrayDeque<>();
    /** What was sent, and not answered. */
    private @Nullable List<String> sent;

    private long sentNanos;
    private int commands;

    BinanceSubscriptions(WebSocket socket, long nowNanos) {
        this.socket = socket;
        this.sentNanos = nowNanos - COMMAND_NANOS;
    }

    void add(List<String> names) {
        for (int i = 0; i < names.size(); i += SYMBOLS_PER_COMMAND) {
            waiting.add(names.subList(i, Math.min(names.size(), i + SYMBOLS_PER_COMMAND)));
        }
    }

    /** To be called every few milliseconds; fails if the connection is gone. */
    Future<Void> tick(long nowNanos) {
        if (sent != null || waiting.isEmpty() || nowNanos - sentNanos < COMMAND_NANOS) {
            return Future.succeededFuture();
        }
        sent = waiting.remove();
        sentNanos = nowNanos;
        commands++;
        return socket.writeTextMessage(new JsonObject()
                .put("method", "SUBSCRIBE")
                .put("params", new JsonArray(streams(sent)))
                .put("id", commands)
                .encode());
    }

    static List<String> streams(List<String> names) {
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .flatMap(name -> List.of(name + "@depth@100ms", name + "@trade").stream())
                .toList();
    }

    /** The exchange has done what was sent. Returns whose changes are heard from now on. */
    List<String> done() {
        List<String> names = sent == null ? List.of() : sent;
        sent = null;
        return names;
    }

    /** The exchange has refused what was sent. Returns who is refused for good. */
    List<String> refused() {
        List<String> names = done();
        int half = names.size() / 2;
        if (half == 0) {
            return names;
        }
        waiting.add(names.subList(0, half));
        waiting.add(names.subList(half, names.size()));
        return List.of();
    }
}
