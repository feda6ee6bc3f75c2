package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.feed.Refusal;
import io.depthcast.metrics.SourceMeters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the exchange, from its question for the steps to its end: subscribes, then gets a snapshot of each book,
 * one after the other, and again of one whose changes have a gap. Feed loop only.
 */
final class BinanceConnection {
    private static final Logger LOG = LoggerFactory.getLogger(BinanceConnection.class);
    /** Half of what the exchange allows of this weight. */
    private static final long SNAPSHOT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int STREAMS_PER_COMMAND = 200;

    private final BinanceSettings settings;
    private final BinanceRest rest;
    private final WebSocketClient client;
    private final SourceMeters meters;
    private final Consumer<Throwable> whenEnded;
    private final BinanceParser parser = new BinanceParser();
    private final Map<String, BinanceSymbol> symbols = new LinkedHashMap<>();
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Queue<JsonObject> commands = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    private boolean isAsking;
    private boolean isOver;
    private long heardNanos;
    private long pingNanos;
    private long askNanos;

    /** @param whenEnded called once, with the reason */
    BinanceConnection(
            BinanceSettings settings,
            BinanceRest rest,
            WebSocketClient client,
            SourceMeters meters,
            Consumer<Throwable> whenEnded) {
        this.settings = settings;
        this.rest = rest;
        this.client = client;
        this.meters = meters;
        this.whenEnded = whenEnded;
    }

    void open(Door door, long nowNanos) {
        askNanos = nowNanos;
        rest.exchangeInfo(settings.names())
                .onSuccess(answer -> listed(door, answer))
                .onFailure(this::end);
    }

    private void listed(Door door, String answer) {
        try {
            for (BinanceListing listing : BinanceListing.all(new JsonObject(answer))) {
                if (settings.names().contains(listing.name())) {
                    list(door, listing);
                }
            }
        } catch (RuntimeException e) {
            end(new IOException("exchangeInfo is not what is documented: " + e.getMessage(), e));
            return;
        }
        client.connect(new WebSocketConnectOptions().setAbsoluteURI(settings.stream() + "/stream?streams="))
                .onSuccess(this::connected)
                .onFailure(this::end);
    }

    private void list(Door door, BinanceListing listing) {
        BinanceSymbol symbol = new BinanceSymbol(
                listing, door.open("binance-" + listing.name(), BinanceSource.SILENCE_MILLIS), meters);
        Refusal refusal = symbol.define();
        if (refusal == null) {
            symbols.put(listing.name(), symbol);
        } else {
            LOG.warn("{} is left out: {}", listing.name(), refusal.reason());
        }
    }

    private void connected(WebSocket opened) {
        if (isOver) {
            opened.close().onFailure(this::end);
            return;
        }
        socket = opened;
        heardNanos = System.nanoTime();
        opened.textMessageHandler(this::take);
        opened.pongHandler(pong -> heardNanos = System.nanoTime());
        opened.exceptionHandler(this::end);
        opened.closeHandler(closed -> end(new IOException("closed by the exchange: " + opened.closeStatusCode())));
        List<String> streams = settings.streams();
        for (int i = 0; i < streams.size(); i += STREAMS_PER_COMMAND) {
            List<String> some = streams.subList(i, Math.min(streams.size(), i + STREAMS_PER_COMMAND));
            commands.add(new JsonObject()
                    .put("method", "SUBSCRIBE")
                    .put("params", new JsonArray(some))
                    .put("id", 1 + i));
        }
        sendNext();
    }

    /** The next command, or what follows the last: snapshots, for from now on no change is missed. */
    private void sendNext() {
        JsonObject next = commands.poll();
        if (next == null) {
            wanted.addAll(symbols.keySet());
        } else if (socket != null) {
            socket.writeTextMessage(next.encode()).onFailure(this::end);
        }
    }

    private void take(String text) {
        heardNanos = System.nanoTime();
        if (isOver) {
            return;
        }
        try {
            parser.parse(text);
            BinanceEvent event = parser.event();
            if (event.replyId != null) {
                replied(event);
            } else {
                heard(event);
            }
        } catch (IOException e) {
            end(new IOException("a message is not what is documented: " + e.getMessage(), e));
        }
    }

    private void replied(BinanceEvent event) {
        if (event.isError) {
            end(new IOException("the exchange refused to subscribe"));
        } else {
            sendNext();
        }
    }

    private void heard(BinanceEvent event) {
        BinanceSymbol symbol = symbols.get(event.symbol);
        if (symbol == null) {
            return;
        }
        if (event.type.equals("depthUpdate")) {
            then(symbol, symbol.change(event));
        } else if (event.type.equals("trade")) {
            symbol.trade(event);
        }
    }

    private void then(BinanceSymbol symbol, BinanceBook.Next next) {
        switch (next) {
            case GO_ON -> {}
            case ASK -> {
                LOG.info(
                        "{}: its changes do not go on from its book; asking for a snapshot",
                        symbol.listing().name());
                wanted.add(symbol.listing().name());
            }
            case BEGIN_ANEW ->
                end(new IOException(symbol.listing().name() + ": a price or size that does not fit its"
                        + " steps, which may have changed"));
        }
    }

    /** To be called every few milliseconds. */
    void tick(long nowNanos) {
        WebSocket open = socket;
        if (open == null || isOver) {
            return;
        }
        if (nowNanos - heardNanos > SILENT_NANOS) {
            end(new IOException("nothing heard for 10 s"));
            return;
        }
        if (nowNanos - pingNanos > PING_NANOS) {
            pingNanos = nowNanos;
            open.writePing(Buffer.buffer("depthcast")).onFailure(this::end);
            symbols.values().forEach(symbol -> symbol.door().heartbeat());
        }
        if (!isAsking && !wanted.isEmpty() && nowNanos >= askNanos) {
            ask(wanted.iterator().next(), nowNanos);
        }
        meters.waiting(wanted.size() + (isAsking ? 1 : 0));
    }

    private void ask(String name, long nowNanos) {
        isAsking = true;
        wanted.remove(name);
        askNanos = nowNanos + SNAPSHOT_NANOS;
        meters.snapshotAsked();
        rest.depth(name).onComplete(answer -> snapshot(name, answer), failure -> failed(name, failure, nowNanos));
    }

    private void snapshot(String name, String answer) {
        isAsking = false;
        BinanceSymbol symbol = symbols.get(name);
        if (isOver || symbol == null) {
            return;
        }
        try {
            parser.parse(answer);
            then(symbol, symbol.snapshot(parser.event()));
        } catch (IOException e) {
            end(new IOException("a snapshot is not what is documented: " + e.getMessage(), e));
        }
    }

    private void failed(String name, Throwable failure, long askedNanos) {
        isAsking = false;
        wanted.add(name);
        LOG.warn("{}: no snapshot: {}", name, failure.getMessage());
        if (failure instanceof BinanceRest.TooMany tooMany) {
            askNanos = askedNanos + tooMany.waitNanos;
        }
    }

    /** Ends it, for good. */
    void end(Throwable reason) {
        if (isOver) {
            return;
        }
        isOver = true;
        symbols.values().forEach(symbol -> symbol.door().disconnected());
        if (socket != null && !socket.isClosed()) {
            socket.close().onFailure(gone -> LOG.debug("the exchange was gone before", gone));
        }
        whenEnded.accept(reason);
    }
}
