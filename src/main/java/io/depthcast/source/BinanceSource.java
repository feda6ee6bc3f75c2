package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.feed.Source;
import io.depthcast.limit.Backoff;
import io.depthcast.metrics.SourceMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Public market data of an exchange that speaks as Binance spot does: one connection after the other. */
public final class BinanceSource implements Source {
    /** The connection itself is asked every 3 s whether it lives. */
    static final int SILENCE_MILLIS = 15_000;

    private static final Logger LOG = LoggerFactory.getLogger(BinanceSource.class);
    private static final int CONNECT_MILLIS = 10_000;
    /** A change of a whole side of the deepest books. */
    private static final int MAX_MESSAGE_BYTES = 8 * 1_024 * 1_024;

    private final BinanceSettings settings;
    private final SourceMeters meters;
    private final BinanceCatchUp.Pace pace;
    private final Backoff backoff =
            new Backoff(TimeUnit.SECONDS.toNanos(1), TimeUnit.MINUTES.toNanos(1), TimeUnit.MINUTES.toNanos(1));
    private @Nullable BinanceRest rest;
    private @Nullable WebSocketClient client;
    private @Nullable BinanceConnection connection;
    private boolean isLater;
    private long openedNanos;
    private long againNanos;

    /** @param random evenly distributed, from 0 to below 1 */
    public BinanceSource(BinanceSettings settings, SourceMeters meters, DoubleSupplier random) {
        this(settings, meters, new BinanceCatchUp.Pace(BinanceCatchUp.Pace.QUESTION_NANOS, random));
    }

    BinanceSource(BinanceSettings settings, SourceMeters meters, BinanceCatchUp.Pace pace) {
        this.settings = settings;
        this.meters = meters;
        this.pace = pace;
    }

    @Override
    public String name() {
        return "binance";
    }

    @Override
    public int silenceMillis() {
        return SILENCE_MILLIS;
    }

    @Override
    public Future<Void> start(Vertx vertx) {
        rest = new BinanceRest(vertx, settings.rest());
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES));
        return Future.succeededFuture();
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        if (connection != null) {
            connection.tick(nowNanos);
        } else if (!isLater || nowNanos - againNanos >= 0) {
            open(door, nowNanos);
        }
    }

    private void open(Door door, long nowNanos) {
        if (isLater) {
            meters.reconnected();
        }
        isLater = true;
        openedNanos = nowNanos;
        BinanceConnection next = new BinanceConnection(
                settings,
                door,
                Objects.requireNonNull(rest),
                Objects.requireNonNull(client),
                meters,
                pace,
                this::ended);
        connection = next;
        next.open();
    }

    private void ended(Throwable reason) {
        long nowNanos = System.nanoTime();
        long waitNanos = backoff.nextNanos(nowNanos - openedNanos, pace.random().getAsDouble());
        if (reason instanceof BinanceRest.TooMany tooMany) {
            waitNanos = Math.max(waitNanos, tooMany.waitNanos);
        }
        connection = null;
        againNanos = nowNanos + waitNanos;
        LOG.warn(
                "no market data of {}: {}; again in {} ms",
                settings.stream(),
                reason.getMessage(),
                TimeUnit.NANOSECONDS.toMillis(waitNanos));
    }

    @Override
    public Future<Void> stop() {
        if (connection != null) {
            connection.end(new IllegalStateException("the gateway stops"));
        }
        Future<Void> closed = client == null ? Future.succeededFuture() : client.close();
        return rest == null
                ? closed
                : closed.compose(gone -> Objects.requireNonNull(rest).close());
    }
}
