package io.depthcast.http;

import io.depthcast.feed.Door;
import io.depthcast.feed.Source;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.SourceMeters;
import io.depthcast.source.Publishers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingest port, where publishers connect. It is served by the feed loop itself, so that what comes in is told at once,
 * and who sends more than the feed takes is read more slowly instead of queued.
 */
public final class Ingest implements Source {
    /** Nothing heard for so long, not even the answer to a ping, and the connection is given up. */
    private static final int SILENT_SECONDS = 60;

    private final IngestSettings settings;
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    private final boolean hasTokens;
    private final Meters meters;
    private final SourceMeters sourceMeters;
    private @Nullable HttpServer server;
    private @Nullable Publishers publishers;

    /** @param hasTokens whether publishers have to say who they are */
    public Ingest(IngestSettings settings, boolean hasTokens, Meters meters) {
        this.settings = settings;
        this.hasTokens = hasTokens;
        this.meters = meters;
        this.sourceMeters = meters.source("publish");
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
        Router router = Router.router(vertx);
        IdentityDesk identities = new IdentityDesk(vertx, hasTokens, meters, new Doorkeeper());
        PublishRoute route = new PublishRoute(vertx, identities, () -> publishers);
        router.get(PublishRoute.PATH).handler(route::connect);
        router.post(PublishRoute.PATH).handler(route::post);
        PublicPort.errors(router);
        HttpServer next = vertx.createHttpServer(options).requestHandler(router);
        server = next;
        return CannotListen.orListen(next, settings.address(), "ingest").mapEmpty();
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

    /** Operators keep out clients; publishers have a port that strangers do not reach. */
    private static final class Doorkeeper implements IdentityDesk.Doorkeeper {
        @Override
        public boolean keepsOut(HttpServerRequest request, String subject) {
            return false;
        }

        @Override
        public void turnedAway(HttpServerRequest request, String kind) {
            LOG.info("a publisher is refused: {}, from {}", kind, request.remoteAddress());
        }
    }

    /** The port that was bound; to be asked once it has started. Any thread. */
    public int port() {
        return server == null ? 0 : server.actualPort();
    }
}
