package io.depthcast.http;

import io.depthcast.metrics.Meters;
import io.depthcast.wire.Encoding;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/stream}: checks the opening handshake, asks whether the client may come, and upgrades, or says what is wrong. */
final class StreamRoute {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UPGRADE_REQUIRED = 426;
    private static final Handshake.Refused FOREIGN = new Handshake.Refused(
            403, "origin", "pages of this origin may not connect; the operator allows them with http.origins");

    private final GatewayLoop loop;
    private final FrontDesk desk;
    private final Origins origins;
    private final Meters meters;

    StreamRoute(GatewayLoop loop, FrontDesk desk, Origins origins, Meters meters) {
        this.loop = loop;
        this.desk = desk;
        this.origins = origins;
        this.meters = meters;
    }

    void handle(RoutingContext context) {
        take(context.request(), null, List.of());
    }

    /**
     * Takes a client of another dialect.
     *
     * @param given its encoding; null if it chooses one
     * @param streams that it follows from the start
     */
    void take(HttpServerRequest request, @Nullable Encoding given, List<String> streams) {
        Handshake.Result result = isOurs(request) ? Handshake.check(request, given) : FOREIGN;
        if (result instanceof Handshake.Accepted accepted) {
            Upgrade upgrade = loop.begin(request, accepted, streams);
            desk.admit(request, Refusals.WEBSOCKET).onSuccess(entry -> decide(upgrade, entry));
        } else if (result instanceof Handshake.Refused refused) {
            meters.handshake(refused.status());
            desk.turnedAway(request, Refusals.WEBSOCKET, refused.code());
            refuse(request, refused);
        }
    }

    /** Whether it is no page's, or that of a page that may. */
    private boolean isOurs(HttpServerRequest request) {
        List<String> named = request.headers().getAll("Origin");
        String host = request.headers().get("Host");
        return named.size() <= 1 && origins.allow(named.isEmpty() ? null : named.get(0), host);
    }

    private void decide(Upgrade upgrade, Entry entry) {
        if (entry instanceof Entry.Admitted admitted) {
            meters.handshake(SWITCHING_PROTOCOLS);
            loop.open(upgrade, admitted);
        } else if (entry instanceof Entry.Refused refused) {
            meters.handshake(refused.error().status());
            refused.sendLast(upgrade.request());
        }
    }

    private static void refuse(HttpServerRequest request, Handshake.Refused refused) {
        if (refused.status() == UPGRADE_REQUIRED) {
            request.response().putHeader("Upgrade", "websocket").putHeader("Sec-WebSocket-Version", "13");
        }
        new HttpError(refused.status(), refused.code(), refused.reason()).sendLast(request);
    }
}
