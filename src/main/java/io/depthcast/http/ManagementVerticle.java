package io.depthcast.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;

/** Serves metrics, probes and the list of clients on a port of their own. */
public final class ManagementVerticle extends VerticleBase {
    /** Scrapers come every few seconds; a connection silent for longer than a minute is forgotten. */
    private static final int IDLE_SECONDS = 60;

    private final HttpSettings settings;
    private final PrometheusMeterRegistry registry;
    private final Probe live;
    private final Probe ready;
    private final List<Connections> loops;
    private int port;

    /**
     * @param live a failed one means that only a restart helps
     * @param loops whose clients are told
     * @param ready a failed one means that new clients should go elsewhere
     */
    public ManagementVerticle(
            HttpSettings settings,
            PrometheusMeterRegistry registry,
            List<HealthCheck> live,
            List<HealthCheck> ready,
            List<? extends Connections> loops) {
        this.settings = settings;
        this.registry = registry;
        this.live = new Probe(live);
        this.ready = new Probe(ready);
        this.loops = List.copyOf(loops);
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options =
                new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setCompressionSupported(true);
        ManagementRoutes routes = new ManagementRoutes(vertx, registry, new ConnectionRoutes(loops));
        return CannotListen.orListen(
                        vertx.createHttpServer(options).requestHandler(routes.router(live, ready)),
                        settings,
                        "management")
                .onSuccess(server -> port = server.actualPort());
    }

    /** The port that was bound; to be asked once the deployment has succeeded. */
    public int port() {
        return port;
    }
}
