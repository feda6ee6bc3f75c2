package io.depthcast.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What the management port answers. Confined to the management loop. */
final class ManagementRoutes {
    private static final String PATHS = "/metrics, /livez, /readyz and /connections";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final ConnectionRoutes connections;

    ManagementRoutes(Vertx vertx, PrometheusMeterRegistry registry, ConnectionRoutes connections) {
        this.vertx = vertx;
        this.registry = registry;
        this.connections = connections;
    }

    Router router(Probe live, Probe ready) {
        Router router = Router.router(vertx);
        router.get("/metrics").handler(this::metrics);
        router.get("/livez").handler(request -> answer(live, request));
        router.get("/readyz").handler(request -> answer(ready, request));
        connections.mount(router);
        refuse(router, new HttpError(404, "not-found", "nothing is here; there are " + PATHS));
        refuse(
                router,
                new HttpError(405, "method-not-allowed", "only GET is answered here, and DELETE of /connections/{id}"));
        refuse(router, new HttpError(500, "internal-error", "the gateway failed; its log says why"));
        return router;
    }

    private static void refuse(Router router, HttpError error) {
        router.errorHandler(error.status(), request -> error.send(request.response()));
    }

    /** Prometheus asks for OpenMetrics first and takes the older text too; a browser gets what it can show. */
    private void metrics(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        // Adding everything up takes milliseconds, which the clients on a loop would wait.
        vertx.executeBlocking(() -> registry.scrape(type), false)
                .onSuccess(scrape -> Answer.text(request.response(), type, scrape))
                .onFailure(request::fail);
    }

    private void answer(Probe probe, RoutingContext request) {
        probe.ask(vertx.getOrCreateContext()).onSuccess(report -> answer(report, request));
    }

    private static void answer(JsonObject report, RoutingContext request) {
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(request.response(), Probe.isUp(report) ? 200 : 503, report);
    }
}
