package io.depthcast.http;

import io.depthcast.auth.Identity;
import io.depthcast.limit.Address;
import io.depthcast.source.Publisher;
import io.depthcast.source.Publishers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /v1/publish?source=NAME}: a WebSocket, or a body of lines. Feed loop only. */
final class PublishRoute {
    static final String PATH = "/v1/publish";
    static final String SUBPROTOCOL = "depthcast.publish.v1";

    private static final String LINES = "application/x-ndjson";

    private final Vertx vertx;
    private final IdentityDesk identities;
    private final PublisherDesk desk;
    private final Supplier<@Nullable Publishers> publishers;

    /** @param publishers gives null until the feed has begun */
    PublishRoute(Vertx vertx, IdentityDesk identities, PublisherDesk desk, Supplier<@Nullable Publishers> publishers) {
        this.vertx = vertx;
        this.identities = identities;
        this.desk = desk;
        this.publishers = publishers;
    }

    /** Who asks, and for whom it publishes. */
    private interface Entrance {
        void enter(Publisher publisher, Identity identity);
    }

    void connect(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.method().equals(HttpMethod.GET) || !"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.response().putHeader("Upgrade", "websocket").putHeader("Sec-WebSocket-Version", "13");
            new HttpError(426, "upgrade-required", "connect with a WebSocket client, or POST lines of " + LINES)
                    .send(context.response());
        } else if (!offersOurs(request)) {
            new HttpError(400, "unknown-subprotocol", "offer " + SUBPROTOCOL + ", or none").send(context.response());
        } else {
            request.pause();
            enter(context, (publisher, identity) -> {
                Address address = desk.address(request);
                if (address != null) {
                    request.toWebSocket()
                            .onSuccess(socket ->
                                    new PublisherConnection(vertx, desk, socket, address, identity).open(publisher));
                }
            });
        }
    }

    private static boolean offersOurs(HttpServerRequest request) {
        List<String> offered = HeaderTokens.of(request.headers().getAll("Sec-WebSocket-Protocol"));
        offered.removeIf(entry -> entry.startsWith(Credentials.BEARER_ENTRY));
        return offered.isEmpty() || offered.contains(SUBPROTOCOL);
    }

    void post(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type == null || !type.split(";", 2)[0].trim().equalsIgnoreCase(LINES)) {
            new HttpError(415, "unsupported-media-type", "expected Content-Type: " + LINES).send(context.response());
            return;
        }
        context.request().pause();
        enter(context, (publisher, identity) -> new PostedBody(
                        vertx,
                        context,
                        publisher.post(identity.publishing()::allows),
                        () -> keepsOut(context, identity))
                .read());
    }

    private boolean keepsOut(RoutingContext context, Identity identity) {
        return desk.keepsOut(context.request(), identity.subject());
    }

    private void enter(RoutingContext context, Entrance entrance) {
        // What is left of a body that is not wanted would hold up the next request.
        context.addEndHandler(ended -> context.request().resume());
        List<String> names = context.queryParam("source");
        if (names.size() != 1 || !Publishers.isName(names.get(0))) {
            new HttpError(
                            400,
                            "bad-request",
                            "expected ?source=NAME of 1 to 64 letters, digits, \".\", \"_\" and \"-\"")
                    .send(context.response());
            return;
        }
        identities.identify(context, identity -> {
            if (identity.publishing().isNothing()) {
                desk.turnedAway(context.request(), "not-entitled");
                new HttpError(403, "not-entitled", "the token has no claim publish, which lists symbols")
                        .send(context.response());
            } else {
                enter(context, names.get(0), identity, entrance);
            }
        });
    }

    private void enter(RoutingContext context, String name, Identity identity, Entrance entrance) {
        Publishers known = publishers.get();
        Publisher publisher = known == null ? null : known.named(name);
        if (publisher != null) {
            entrance.enter(publisher, identity);
        } else {
            context.response().putHeader("Retry-After", "1");
            new HttpError(503, "unavailable", "the gateway starts, or has too many names of sources; try again")
                    .send(context.response());
        }
    }
}
