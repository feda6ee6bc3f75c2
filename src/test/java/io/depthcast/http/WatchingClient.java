package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;

import io.depthcast.client.BookMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A client that proves every book on a thread of its own, and counts by instrument for a test that looks from another. */
final class WatchingClient implements AutoCloseable {
    private final Follower follower;
    private final Thread thread = new Thread(this::run, "watching-client");
    private final Map<Integer, Integer> updates = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> snapshots = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> staleAtHeartbeat = new ConcurrentHashMap<>();
    private volatile int heartbeats;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private int seenBooks;
    private int seenStale;

    WatchingClient(RunningGateway gateway, String encoding, List<String> symbols) throws IOException {
        follower = Follower.open(gateway, RawWebSocket.protocol(encoding));
        for (String symbol : symbols) {
            follower.socket.send(subscription("book", symbol, ",\"depth\":10"));
        }
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                follower.read();
                count();
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failure = closed ? null : e;
        }
    }

    private void count() {
        for (; seenBooks < follower.books.size(); seenBooks++) {
            BookMessage message = follower.books.get(seenBooks);
            (message.isSnapshot() ? snapshots : updates).merge(message.instrumentId(), 1, Integer::sum);
        }
        heartbeats = follower.heartbeats.size();
        for (; seenStale < follower.stale.size(); seenStale++) {
            staleAtHeartbeat.put(follower.stale.get(seenStale), heartbeats);
        }
    }

    /** Messages of a book that were differences. */
    int updates(int instrumentId) {
        check();
        return updates.getOrDefault(instrumentId, 0);
    }

    int snapshots(int instrumentId) {
        check();
        return snapshots.getOrDefault(instrumentId, 0);
    }

    /** Heartbeats of the gateway so far, one a second. */
    int heartbeats() {
        check();
        return heartbeats;
    }

    /** How many of them had come when it was told last that an instrument is stale; null if it was not. */
    @Nullable
    Integer staleAtHeartbeat(int instrumentId) {
        check();
        return staleAtHeartbeat.get(instrumentId);
    }

    private void check() {
        Throwable cause = failure;
        if (cause != null) {
            throw new AssertionError("a client failed", cause);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        follower.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
