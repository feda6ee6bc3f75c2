package io.depthcast.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the management port answers. Confined to the management loop. */
final class ManagementRoutes {
    private static final String PATHS =
            "/, /metrics, /livez, /readyz, /connections, /connections/counts, /streams, /blocks and /drain";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(ManagementRoutes.class);

    private final Vertx vertx;
    private final Context loop;
    private final ManagementSetup setup;
    private final List<Connections> loops;
    private final PrometheusMeterRegistry registry;

    /** To be called on the management loop. */
    ManagementRoutes(Vertx vertx, ManagementSetup setup, List<Connections> loops) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.setup = setup;
        this.loops = loops;
        this.registry = setup.registry();
    }

    Router router() {
        Router router = Router.router(vertx);
        Probe live = new Probe(setup.live());
        Probe ready = new Probe(setup.ready());
        router.route().handler(new ManagementGuard(setup.access())::check);
        router.get("/metrics").handler(this::metrics);
        router.get("/livez").handler(request -> answer(live, request));
        router.get("/readyz").handler(request -> answer(ready, request));
        new ConnectionRoutes(loop, loops).mount(router);
        new StreamRoutes(loop, loops).mount(router);
        new BlockRoutes(loop, loops, setup.operator()).mount(router);
        new DrainRoutes(loop, setup.operator()).mount(router);
        router.get("/").handler(context -> page(context, "management", "/index.html"));
        router.get("/icon.svg").handler(context -> page(context, "web", "/icon.svg"));
        router.get("/*").handler(context -> page(context, "management", context.normalizedPath()));
        router.getRoutes().stream()
                .filter(route -> Set.of(HttpMethod.GET).equals(route.methods()))
                .forEach(route -> route.method(HttpMethod.HEAD));
        refuse(router, new HttpError(404, "not-found", "nothing is here; there are " + PATHS));
        refuse(router, new HttpError(405, "method-not-allowed", "this path takes another method; see operations.md"));
        refuse(router, new HttpError(413, "too-big", "a block takes no more than 4 KiB"));
        refuse(router, new HttpError(500, "internal-error", "the gateway failed; its log says why"));
        return router;
    }

    private static void refuse(Router router, HttpError error) {
        router.errorHandler(error.status(), request -> error.send(request.response()));
    }

    private static void page(RoutingContext context, String folder, String path) {
        SharedFile file = SharedFiles.ALL.find(folder, path);
        if (file == null) {
            context.next();
            return;
        }
        context.response()
                .putHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        Answer.whole(context.response(), file.contentType(), file.body());
    }

    /** Prometheus asks for OpenMetrics first and takes the older text too; a browser gets what it can show. */
    private void metrics(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        // Adding everything up takes milliseconds, which a probe would wait.
        vertx.executeBlocking(() -> registry.scrape(type), false)
                .onSuccess(scrape -> Answer.text(request.response(), type, scrape))
                .onFailure(failure -> unscraped(request, failure));
    }

    /** A scrape that meets the end of the gateway is nobody's fault. */
    private static void unscraped(RoutingContext request, Throwable failure) {
        LOG.debug("a scrape was not answered", failure);
        new HttpError(503, "unavailable", "the gateway ends, or its metrics cannot be added up")
                .send(request.response());
    }

    private void answer(Probe probe, RoutingContext request) {
        probe.ask(loop).onSuccess(report -> answer(report, request));
    }

    private static void answer(JsonObject report, RoutingContext request) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(request.response(), Probe.isUp(report) ? 200 : 503, report);
    }
}
