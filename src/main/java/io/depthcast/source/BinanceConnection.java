package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.feed.Refusal;
import io.depthcast.metrics.SourceMeters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the exchange, from its question for the steps to its end: subscribes, then gets a snapshot of each book,
 * and again of one whose changes have a gap. What is wrong with one symbol stales that one, which begins anew from its steps;
 * the connection ends where it is not known which one it is. Feed loop only.
 */
final class BinanceConnection implements BinanceCatchUp.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(BinanceConnection.class);
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BinanceSettings settings;
    private final Door door;
    private final BinanceRest rest;
    private final WebSocketClient client;
    private final SourceMeters meters;
    private final Consumer<Throwable> whenEnded;
    private final BinanceCatchUp catchUp;
    private final BinanceParser parser = new BinanceParser();
    private final Map<String, BinanceSymbol> symbols = new LinkedHashMap<>();
    private @Nullable WebSocket socket;
    private @Nullable BinanceSubscriptions subscriptions;
    private boolean isOver;
    private long heardNanos;
    private long pingNanos;

    /** @param whenEnded called once, with the reason */
    BinanceConnection(
            BinanceSettings settings,
            Door door,
            BinanceRest rest,
            WebSocketClient client,
            SourceMeters meters,
            BinanceCatchUp.Pace pace,
            Consumer<Throwable> whenEnded) {
        this.settings = settings;
        this.door = door;
        this.rest = rest;
        this.client = client;
        this.meters = meters;
        this.whenEnded = whenEnded;
        this.catchUp = new BinanceCatchUp(rest, meters, pace, this);
    }

    void open() {
        rest.listings(settings.names()).onSuccess(this::begin).onFailure(this::end);
    }

    private void begin(List<BinanceListing> listings) {
        if (isOver) {
            return;
        }
        for (BinanceListing listing : listings) {
            var unused = define(listing);
        }
        if (symbols.isEmpty()) {
            end(new IOException("it lists none of " + settings.symbols()));
            return;
        }
        client.connect(new WebSocketConnectOptions().setAbsoluteURI(settings.stream() + "/stream?streams="))
                .onSuccess(this::connected)
                .onFailure(this::end);
    }

    /** Whether the feed lists it, in the steps of now. */
    private boolean define(BinanceListing listing) {
        String name = listing.name();
        if (!settings.names().contains(name)) {
            return false;
        }
        BinanceSymbol symbol =
                new BinanceSymbol(listing, door.open("binance-" + name, BinanceSource.SILENCE_MILLIS), meters);
        Refusal refusal = symbol.define();
        if (refusal != null) {
            LOG.warn("{} is left out: {}", name, refusal.reason());
            return false;
        }
        symbols.put(name, symbol);
        return true;
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
        subscriptions = new BinanceSubscriptions(opened, heardNanos);
        subscriptions.add(List.copyOf(symbols.keySet()));
        for (String name : settings.names()) {
            if (!symbols.containsKey(name)) {
                var unused = catchUp.isUnknown(name, heardNanos);
            }
        }
    }

    private void take(String text) {
        heardNanos = System.nanoTime();
        if (isOver) {
            return;
        }
        BinanceEvent event = parser.event();
        try {
            parser.parse(text);
            if (event.replyId != null) {
                replied(event);
            } else {
                heard(event);
            }
        } catch (IOException | RuntimeException e) {
            meters.refused(Refusal.Code.BAD_REQUEST.text());
            IOException reason = new IOException("a message is not what is documented: " + e.getMessage(), e);
            BinanceSymbol symbol = symbols.get(event.symbol);
            if (symbol == null) {
                end(reason);
            } else {
                beginAnew(symbol, reason.getMessage());
            }
        }
    }

    private void replied(BinanceEvent event) {
        BinanceSubscriptions open = subscriptions;
        if (open == null) {
            return;
        }
        if (event.isError) {
            for (String name : open.refused()) {
                long waitNanos = catchUp.isUnknown(name, heardNanos);
                LOG.warn("{}: the exchange refused to subscribe; again in {} ms", name, millis(waitNanos));
            }
        } else {
            // From now on none of their changes is missed.
            open.done().forEach(name -> catchUp.want(name, heardNanos));
        }
    }

    private void heard(BinanceEvent event) {
        BinanceSymbol symbol = symbols.get(event.symbol);
        if (symbol == null || catchUp.needsSteps(event.symbol)) {
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
                String name = symbol.listing().name();
                long waitNanos = catchUp.lost(name, System.nanoTime());
                LOG.info(
                        "{}: its changes do not go on from its book; asking for a snapshot in {} ms",
                        name,
                        millis(waitNanos));
            }
            case BEGIN_ANEW -> beginAnew(symbol, "a price or size that does not fit its steps, which may have changed");
        }
    }

    /** Nobody but the symbol is stale. */
    private void beginAnew(BinanceSymbol symbol, @Nullable String reason) {
        symbol.lose();
        String name = symbol.listing().name();
        long waitNanos = catchUp.isUnknown(name, System.nanoTime());
        LOG.warn("{}: {}; it begins anew in {} ms", name, reason, millis(waitNanos));
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** To be called every few milliseconds. */
    void tick(long nowNanos) {
        WebSocket open = socket;
        BinanceSubscriptions subscribed = subscriptions;
        if (open == null || subscribed == null || isOver) {
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
        subscribed.tick(nowNanos).onFailure(this::end);
        catchUp.tick(nowNanos);
    }

    @Override
    public void listed(BinanceListing listing) {
        if (isOver) {
            return;
        }
        BinanceSubscriptions open = subscriptions;
        boolean isNew = !symbols.containsKey(listing.name());
        long nowNanos = System.nanoTime();
        if (!define(listing) || open == null) {
            var unused = catchUp.isUnknown(listing.name(), nowNanos);
        } else if (isNew) {
            open.add(List.of(listing.name()));
        } else {
            catchUp.want(listing.name(), nowNanos);
        }
    }

    @Override
    public void snapshot(String name, String answer) {
        BinanceSymbol symbol = symbols.get(name);
        if (isOver || symbol == null) {
            return;
        }
        try {
            parser.parse(answer);
            if (parser.event().lastUpdateId == 0) {
                throw new IOException("no lastUpdateId");
            }
            BinanceBook.Next next = symbol.snapshot(parser.event());
            if (next == BinanceBook.Next.GO_ON) {
                catchUp.isGood(name, System.nanoTime());
            }
            then(symbol, next);
        } catch (IOException | RuntimeException e) {
            meters.refused(Refusal.Code.BAD_REQUEST.text());
            beginAnew(symbol, "a snapshot is not what is documented: " + e.getMessage());
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
