package io.depthcast.http;

import io.depthcast.admission.Block;
import io.depthcast.bus.LoopTurn;
import io.depthcast.feed.Door;
import io.depthcast.feed.Source;
import io.depthcast.metrics.SourceMeters;
import io.depthcast.source.Publishers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ingest port, where publishers connect. It is served by the feed loop itself, so that what comes in is told at once,
 * and who sends more than the feed takes is read more slowly instead of queued.
 */
public final class Ingest implements Source {
    /** Nothing heard for so long, not even the answer to a ping, and the connection is given up. */
    private static final int SILENT_SECONDS = 60;

    private static final int TICK_MILLIS = 5_000;

    private final IngestSetup setup;
    private final SourceMeters sourceMeters;
    private final PublisherDesk desk;
    /** The feed loop; null before it has begun. */
    private volatile @Nullable Context context;

    private @Nullable HttpServer server;
    private @Nullable Publishers publishers;

    public Ingest(IngestSetup setup) {
        this.setup = setup;
        this.sourceMeters = setup.meters().source("publish");
        this.desk = new PublisherDesk(setup);
    }

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public Future<Void> start(Vertx vertx) {
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(Publishers.MAX_TEXT_BYTES)
                .setMaxWebSocketMessageSize(Publishers.MAX_TEXT_BYTES)
                .setWebSocketSubProtocols(List.of(PublishRoute.SUBPROTOCOL))
                .setReadIdleTimeout(SILENT_SECONDS);
        context = vertx.getOrCreateContext();
        vertx.setPeriodic(TICK_MILLIS, tick -> desk.tick(System.nanoTime()));
        Router router = Router.router(vertx);
        IdentityDesk identities = new IdentityDesk(vertx, setup.hasTokens(), setup.meters(), desk);
        PublishRoute route = new PublishRoute(vertx, identities, desk, () -> publishers);
        router.route().handler(desk::check);
        router.get(PublishRoute.PATH).method(HttpMethod.HEAD).handler(route::connect);
        router.post(PublishRoute.PATH).handler(route::post);
        PublicPort.errors(router);
        HttpServer next = vertx.createHttpServer(options).requestHandler(router);
        server = next;
        return CannotListen.orListen(next, setup.settings().address(), "ingest").mapEmpty();
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        if (publishers == null) {
            publishers = new Publishers(door, sourceMeters);
        }
        publishers.tick(nowNanos);
    }

    @Override
    public Future<Void> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** Ends the connections of those whom a block keeps out; completes with how many. Any thread. */
    public Future<Integer> close(Block block) {
        Context feedLoop = context;
        return feedLoop == null ? Future.succeededFuture(0) : LoopTurn.ask(feedLoop, () -> desk.close(block));
    }

    /** The port that was bound; to be asked once it has started. Any thread. */
    public int port() {
        return server == null ? 0 : server.actualPort();
    }
}
