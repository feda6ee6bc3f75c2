package io.depthcast.http;

import io.depthcast.metrics.RestMeters;
import io.depthcast.metrics.RestMeters.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Measures how long requests for data take, but for streams, which have no end. Gateway loop. */
final class RequestTimes {
    private static final Map<String, Route> ROUTES = Map.of(
            "instruments", Route.INSTRUMENTS,
            "book", Route.BOOK,
            "trades", Route.TRADES,
            "candles", Route.CANDLES,
            "ticker", Route.TICKERS,
            "tickers", Route.TICKERS,
            "tickets", Route.TICKETS);

    private static final String PREFIX = "/v1/";

    private final RestMeters meters;

    RequestTimes(RestMeters meters) {
        this.meters = meters;
    }

    void measure(RoutingContext context) {
        String path = context.request().path();
        if (!path.equals("/v1/stream") && !path.equals("/v1/sse")) {
            long begunNanos = System.nanoTime();
            Route route = route(context, path);
            context.addEndHandler(ended ->
                    meters.answered(route, context.response().getStatusCode(), System.nanoTime() - begunNanos));
        }
        context.next();
    }

    private static Route route(RoutingContext context, String path) {
        if (path.startsWith(BinanceAccess.PREFIX)) {
            return Route.BINANCE;
        }
        int end = path.indexOf('/', PREFIX.length());
        String name = path.substring(Math.min(PREFIX.length(), path.length()), end < 0 ? path.length() : end);
        Route route = ROUTES.getOrDefault(name, Route.OTHER);
        return route == Route.BOOK && context.request().getParam("since") != null ? Route.POLL : route;
    }
}
