package io.depthcast.client;

import io.depthcast.limit.Backoff;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a gateway prices: defines instruments, publishes their books and trades, comes back with jitter when the connection
 * ends, and then tells every book whole again. What cannot be sent at once is merged into the books, so nothing is queued
 * without end.
 *
 * <p>Threads: any thread may call any method; all is done on one thread of the client's own, in the order of the calls.
 */
public final class PublishClient implements AutoCloseable {
    /** A price and its size; 0 removes it. */
    public record Level(BigDecimal price, BigDecimal size) {
        public static Level of(String price, String size) {
            return new Level(new BigDecimal(price), new BigDecimal(size));
        }
    }

    private static final String SUBPROTOCOL = "depthcast.publish.v1";
    /** The gateway takes a source for stale that says nothing for 10 s. */
    private static final long HEARTBEAT_SECONDS = 3;
    /** Characters that wait; beyond them the whole books follow instead. */
    private static final int MAX_WAITING = 256 * 1_024;

    private final URI uri;
    private final @Nullable String token;
    private final Consumer<String> onRefused;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread publisher = new Thread(work, "depthcast-publisher");
        publisher.setDaemon(true);
        return publisher;
    });
    private final Backoff backoff =
            new Backoff(TimeUnit.MILLISECONDS.toNanos(250), TimeUnit.SECONDS.toNanos(15), TimeUnit.SECONDS.toNanos(10));
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final Map<String, PublishedBook> books = new LinkedHashMap<>();
    private final StringBuilder waiting = new StringBuilder();
    private @Nullable WebSocket socket;
    private boolean isSending;
    private boolean isBehind;
    private boolean closed;
    private long openedNanos;

    /**
     * @param uri such as {@code ws://localhost:8082/v1/publish?source=me}
     * @param token null where the gateway asks for none
     * @param onRefused hears each answer that an object was refused, as JSON, on the client's thread
     */
    public PublishClient(URI uri, @Nullable String token, Consumer<String> onRefused) {
        this.uri = uri;
        this.token = token;
        this.onRefused = onRefused;
    }

    /** Connects, and keeps trying until it is closed, another connection of its source takes over, or an operator keeps it out. */
    public void start() {
        var beats = thread.scheduleAtFixedRate(
                () -> say("{\"op\":\"heartbeat\"}"), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        thread.execute(this::connect);
        if (beats.isCancelled()) {
            throw new IllegalStateException("closed already");
        }
    }

    /** Lists an instrument, with steps such as 0.01; other steps than before begin its book anew. */
    public void define(String symbol, String tickSize, String lotSize) {
        BigDecimal tick = new BigDecimal(tickSize);
        String object = "{\"op\":\"define\",\"symbol\":\"%s\",\"tickSize\":\"%s\",\"lotSize\":\"%s\"}"
                .formatted(symbol, tickSize, lotSize);
        thread.execute(() -> {
            PublishedBook known = books.get(symbol);
            if (known == null || !known.definition().equals(object)) {
                books.put(symbol, new PublishedBook(symbol, object, tick));
            }
            say(object);
        });
    }

    /** The whole book. */
    public void snapshot(String symbol, List<Level> bids, List<Level> asks) {
        thread.execute(() -> {
            PublishedBook book = books.get(symbol);
            if (book != null) {
                book.replace(bids, asks);
            }
            say(levels("snapshot", symbol, bids, asks));
        });
    }

    /** New absolute sizes. */
    public void update(String symbol, List<Level> bids, List<Level> asks) {
        thread.execute(() -> {
            PublishedBook book = books.get(symbol);
            if (book != null) {
                book.update(bids, asks);
            }
            say(levels("update", symbol, bids, asks));
        });
    }

    /** @param side {@code buy} or {@code sell}: what its taker did */
    public void trade(String symbol, String price, String size, String side) {
        thread.execute(() -> say("{\"op\":\"trade\",\"symbol\":\"%s\",\"price\":\"%s\",\"size\":\"%s\",\"side\":\"%s\"}"
                .formatted(symbol, price, size, side)));
    }

    /** Objects that the gateway refused. */
    public long refused() {
        return refused.get();
    }

    /** Connections that were made. */
    public long connections() {
        return connections.get();
    }

    @Override
    public void close() {
        onThread(() -> {
            closed = true;
            if (socket != null) {
                socket.abort();
            }
            thread.shutdownNow();
        });
    }

    private void connect() {
        WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols(SUBPROTOCOL);
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        openedNanos = 0;
        var unused = builder.buildAsync(uri, new Ears())
                .whenComplete((opened, failure) -> onThread(() -> connected(opened, failure)));
    }

    private void connected(@Nullable WebSocket opened, @Nullable Throwable failure) {
        if (opened == null || failure != null) {
            ended(ReconnectRules.ABNORMAL);
            return;
        }
        socket = opened;
        openedNanos = System.nanoTime();
        connections.incrementAndGet();
        tellAll();
    }

    private void tellAll() {
        isBehind = false;
        isSending = false;
        waiting.setLength(0);
        for (PublishedBook book : books.values()) {
            append(book.definition());
            String snapshot = book.snapshot();
            if (snapshot != null) {
                append(snapshot);
            }
        }
        flush();
    }

    private void say(String object) {
        if (socket == null || isBehind) {
            return;
        }
        if (waiting.length() + object.length() > MAX_WAITING) {
            isBehind = true;
            return;
        }
        append(object);
        flush();
    }

    private void append(String object) {
        waiting.append(waiting.isEmpty() ? "[" : ",").append(object);
    }

    private void flush() {
        WebSocket to = socket;
        if (to == null || isSending || waiting.isEmpty()) {
            return;
        }
        isSending = true;
        String message = waiting.append(']').toString();
        waiting.setLength(0);
        var unused = to.sendText(message, true).whenComplete((sent, failure) -> onThread(() -> sent(to)));
    }

    private void sent(WebSocket by) {
        if (by == socket) {
            isSending = false;
            if (isBehind && waiting.isEmpty()) {
                tellAll();
            } else {
                flush();
            }
        }
    }

    private void ended(int code) {
        socket = null;
        if (!closed && ReconnectRules.mayReconnect(code)) {
            long livedNanos = openedNanos == 0 ? 0 : System.nanoTime() - openedNanos;
            long waitNanos =
                    backoff.nextNanos(livedNanos, ThreadLocalRandom.current().nextDouble());
            var later = thread.schedule(this::connect, waitNanos, TimeUnit.NANOSECONDS);
            closed = later.isCancelled();
        }
    }

    private void onThread(Runnable action) {
        if (!thread.isShutdown()) {
            thread.execute(action);
        }
    }

    static String levels(String op, String symbol, List<Level> bids, List<Level> asks) {
        StringBuilder json = new StringBuilder("{\"op\":\"")
                .append(op)
                .append("\",\"symbol\":\"")
                .append(symbol)
                .append("\",\"bids\":");
        side(json, bids);
        json.append(",\"asks\":");
        side(json, asks);
        return json.append('}').toString();
    }

    private static void side(StringBuilder json, List<Level> levels) {
        json.append('[');
        for (int i = 0; i < levels.size(); i++) {
            json.append(i == 0 ? "[\"" : ",[\"")
                    .append(levels.get(i).price().toPlainString())
                    .append("\",\"")
                    .append(levels.get(i).size().toPlainString())
                    .append("\"]");
        }
        json.append(']');
    }

    /** What the gateway says; on threads of the HTTP client. */
    private final class Ears implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String answer = text.toString();
                text.setLength(0);
                if (answer.startsWith("{\"op\":\"refused\"")) {
                    refused.incrementAndGet();
                    onThread(() -> onRefused.accept(answer));
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            onThread(() -> ended(code));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            onThread(() -> ended(ReconnectRules.ABNORMAL));
        }
    }
}
