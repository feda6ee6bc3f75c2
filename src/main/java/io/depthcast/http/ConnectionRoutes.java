package io.depthcast.http;

import io.depthcast.session.SessionView;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who is connected, and a way to part with somebody. Confined to the management loop. */
final class ConnectionRoutes {
    private static final int MAX_OFFSET = 10_000_000;
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;
    private static final Map<String, Integer> ADDRESSES = Map.of("masked", 0, "full", 1);

    private final List<Connections> loops;

    ConnectionRoutes(List<Connections> loops) {
        this.loops = loops;
    }

    void mount(Router router) {
        router.get("/connections").handler(this::list);
        router.delete("/connections/:id").handler(this::close);
    }

    private void list(RoutingContext context) {
        Query query = new Query(context);
        int offset = query.integer("offset", 0, 0, MAX_OFFSET);
        int limit = query.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        boolean full = query.oneOf("addresses", "masked", ADDRESSES, "bad-request") == 1;
        if (query.isRefused()) {
            return;
        }
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        page(offset, limit)
                .onSuccess(page -> Answer.json(context.response(), 200, json(page, offset, full)))
                .onFailure(context::fail);
    }

    /** The pages of the loops, one behind the other. */
    private Future<Connections.Page> page(int offset, int limit) {
        Future<Connections.Page> all = Future.succeededFuture(new Connections.Page(0, List.of()));
        for (Connections loop : loops) {
            all = all.compose(before -> loop.page(
                            Math.max(0, offset - before.total()),
                            limit - before.clients().size())
                    .map(next -> joined(before, next)));
        }
        return all;
    }

    private static Connections.Page joined(Connections.Page before, Connections.Page next) {
        List<SessionView> clients = new ArrayList<>(before.clients());
        clients.addAll(next.clients());
        return new Connections.Page(before.total() + next.total(), clients);
    }

    private static JsonObject json(Connections.Page page, int offset, boolean full) {
        JsonArray clients = new JsonArray();
        page.clients().forEach(client -> clients.add(json(client, full)));
        return new JsonObject().put("total", page.total()).put("offset", offset).put("connections", clients);
    }

    private static JsonObject json(SessionView client, boolean full) {
        return new JsonObject()
                .put("id", client.id())
                .put(
                        "address",
                        full ? client.address().toString() : client.address().masked())
                .put("transport", client.transport())
                .put("subprotocol", client.subprotocol())
                .put("ageMillis", client.ageMillis())
                .put("subscriptions", client.subscriptions())
                .put("rung", client.rung().name().toLowerCase(Locale.ROOT))
                .put("pendingBytes", client.pendingBytes())
                .put("behindMillis", client.behindMillis())
                .put("bytesSent", client.bytesSent())
                .put("framesSent", client.framesSent())
                .put("mergedEvents", client.mergedEvents());
    }

    private void close(RoutingContext context) {
        String id = context.pathParam("id");
        List<Future<Boolean>> asked = loops.stream().map(loop -> loop.close(id)).toList();
        Future.all(asked).onFailure(context::fail).onSuccess(answers -> {
            if (answers.<Boolean>list().contains(true)) {
                Answer.empty(context.response().setStatusCode(204));
            } else {
                new HttpError(404, "unknown-connection", "no such connection; see /connections")
                        .send(context.response());
            }
        });
    }
}
