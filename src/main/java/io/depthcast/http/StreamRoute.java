package io.depthcast.http;

import io.depthcast.metrics.Meters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /v1/stream}: checks the opening handshake and upgrades, or says what is wrong. */
final class StreamRoute {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int UNAVAILABLE = 503;
    private static final Handshake.Refused OVERLOADED =
            new Handshake.Refused(UNAVAILABLE, "overloaded", "this node can serve no more; try again in some seconds");
    /** As long as the calm after which the load may be less. */
    private static final String RETRY_SECONDS = "5";

    private final GatewayLoop loop;
    private final Meters meters;

    StreamRoute(GatewayLoop loop, Meters meters) {
        this.loop = loop;
        this.meters = meters;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Handshake.Result result = loop.refusesNewcomers() ? OVERLOADED : Handshake.check(request);
        if (result instanceof Handshake.Accepted accepted) {
            meters.handshake(SWITCHING_PROTOCOLS);
            loop.upgrade(request, accepted);
        } else if (result instanceof Handshake.Refused refused) {
            meters.handshake(refused.status());
            refuse(request, refused);
        }
    }

    private static void refuse(HttpServerRequest request, Handshake.Refused refused) {
        if (refused.status() == UPGRADE_REQUIRED) {
            request.response().putHeader("Upgrade", "websocket").putHeader("Sec-WebSocket-Version", "13");
        }
        if (refused.status() == UNAVAILABLE) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        new HttpError(refused.status(), refused.code(), refused.reason()).sendLast(request);
    }
}
