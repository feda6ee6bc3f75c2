package io.depthcast.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import java.util.Collections;
import java.util.List;

/** Serves metrics, probes and the operator's wishes on a port of their own, on a loop that has nothing else to do. */
public final class ManagementVerticle extends VerticleBase {
    /** Scrapers come every few seconds; a connection silent for longer than a minute is forgotten. */
    private static final int IDLE_SECONDS = 60;

    private final ManagementSetup setup;
    private int port;

    public ManagementVerticle(ManagementSetup setup) {
        this.setup = setup;
    }

    @Override
    public Future<?> start() {
        Thread.currentThread().setName("management");
        Context loop = vertx.getOrCreateContext();
        List<Connections> loops = Collections.unmodifiableList(setup.loops());
        PopularStreams popular = new PopularStreams(setup.registry(), loops);
        vertx.setPeriodic(0, PopularStreams.LOOK_MILLIS, timer -> popular.look(loop));
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setCompressionSupported(true)
                .setHttp2ClearTextEnabled(false);
        ManagementRoutes routes = new ManagementRoutes(vertx, setup, loops);
        return CannotListen.orListen(
                        vertx.createHttpServer(options).requestHandler(routes.router()), setup.settings(), "management")
                .onSuccess(server -> port = server.actualPort());
    }

    /** The port that was bound; to be asked once the deployment has succeeded. */
    public int port() {
        return port;
    }
}
