package io.depthcast.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Lets pages of the origins that may connect read the browser client, the documents, the answers to requests, events, and why a
 * handshake is refused (WHATWG Fetch, 3.2). Pages of others get the same answers, and their browser keeps them away from the page.
 */
final class CrossOrigin {
    private static final List<String> PATHS = List.of("/v1/*", "/client/*", "/binance/*", "/docs/*");
    /** Before everything that answers. */
    private static final int FIRST = -1;
    /** A browser asks again after that. */
    private static final String PREFLIGHT_SECONDS = "600";

    private final Origins origins;

    CrossOrigin(Origins origins) {
        this.origins = origins;
    }

    /** To be called once the other routes are there: it answers every method, as they do not. */
    void mount(Router router) {
        PATHS.forEach(path -> router.route(path).order(FIRST).handler(this::handle));
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        // Of every answer, because a cache may keep one that a page of no other origin asked for.
        response.headers().add("Vary", "Origin");
        if (origin == null || host == null || !origins.allow(origin, host)) {
            context.next();
            return;
        }
        response.putHeader("Access-Control-Allow-Origin", origin)
                .putHeader("Access-Control-Expose-Headers", "Retry-After");
        if (HttpMethod.OPTIONS.equals(request.method()) && request.getHeader("Access-Control-Request-Method") != null) {
            response.setStatusCode(204)
                    .putHeader("Access-Control-Allow-Methods", "GET, HEAD, POST")
                    .putHeader("Access-Control-Allow-Headers", "authorization, last-event-id, x-mbx-apikey")
                    .putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS)
                    .end();
            return;
        }
        context.next();
    }
}
