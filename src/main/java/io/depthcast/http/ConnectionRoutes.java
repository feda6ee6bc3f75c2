package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.session.CloseReason;
import io.depthcast.session.SessionView;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Who is connected, and a way to part with somebody. Confined to the management loop. */
final class ConnectionRoutes {
    private static final int MAX_COUNTS = 1_000;
    private static final int DEFAULT_COUNTS = 20;
    private static final Map<String, Integer> ADDRESSES = Map.of("masked", 0, "full", 1);
    private static final Map<String, Integer> COUNTED = Map.of("address", 0, "subject", 1);
    private static final Map<String, Integer> YES_OR_NO = Map.of("true", 1, "false", 0);

    /** What a client that may come back is closed with. */
    static final CloseReason COME_BACK =
            new CloseReason(CloseReason.RESTART, "closed by an operator; reconnect and resume");
    /** What one is closed with that shall not. */
    static final CloseReason STAY_AWAY =
            new CloseReason(CloseReason.POLICY_VIOLATION, "closed by an operator; do not reconnect");

    private final Context management;
    private final List<Connections> loops;

    ConnectionRoutes(Context management, List<Connections> loops) {
        this.management = management;
        this.loops = loops;
    }

    void mount(Router router) {
        router.get("/connections").handler(this::list);
        router.get("/connections/counts").handler(this::count);
        router.delete("/connections/:id").handler(this::close);
    }

    private void list(RoutingContext context) {
        Query query = new Query(context);
        query.expectOnly(ConnectionQuery.PARAMETERS);
        ConnectionQuery asked = ConnectionQuery.read(query);
        boolean full = isFull(query);
        if (query.isRefused()) {
            return;
        }
        LoopAnswers.ask(management, loops, loop -> loop.page(asked.ofOneLoop()))
                .onSuccess(pages -> send(context, pages.silent(), page(pages, asked, full)));
    }

    private static JsonObject page(LoopAnswers<Connections.Page> pages, ConnectionQuery asked, boolean full) {
        JsonArray clients = new JsonArray();
        pages.given().stream()
                .flatMap(page -> page.clients().stream())
                .sorted(asked.order())
                .skip(asked.offset())
                .limit(asked.limit())
                .forEach(client -> clients.add(json(client, full)));
        int total = pages.given().stream().mapToInt(Connections.Page::total).sum();
        return new JsonObject()
                .put("total", total)
                .put("offset", asked.offset())
                .put("connections", clients);
    }

    private static JsonObject json(SessionView client, boolean full) {
        return new JsonObject()
                .put("id", client.id())
                .put("address", address(client.address(), full))
                .put("subject", client.subject())
                .put("transport", client.transport())
                .put("subprotocol", client.subprotocol())
                .put("ageMillis", client.ageMillis())
                .put("subscriptions", client.subscriptions())
                .put("rung", ConnectionQuery.text(client.rung()))
                .put("pendingBytes", client.pendingBytes())
                .put("behindMillis", client.behindMillis())
                .put("bytesSent", client.bytesSent())
                .put("framesSent", client.framesSent())
                .put("mergedEvents", client.mergedEvents());
    }

    /** Who has how many: the addresses or the subjects with the most clients. */
    private void count(RoutingContext context) {
        Query query = new Query(context);
        Set<String> known = new HashSet<>(ConnectionQuery.PARAMETERS);
        known.removeAll(Set.of("sort", "offset"));
        known.add("by");
        query.expectOnly(known);
        ConnectionQuery asked = ConnectionQuery.read(query);
        boolean full = isFull(query);
        boolean bySubject = query.oneOf("by", "address", COUNTED, "bad-request") == 1;
        int limit = query.integer("limit", DEFAULT_COUNTS, 1, MAX_COUNTS);
        if (query.isRefused()) {
            return;
        }
        Function<SessionView, String> who =
                bySubject ? SessionView::subject : client -> address(client.address(), full);
        LoopAnswers.ask(management, loops, loop -> loop.page(asked.ofAll()))
                .onSuccess(pages -> send(context, pages.silent(), counts(pages, who, limit)));
    }

    private static JsonObject counts(
            LoopAnswers<Connections.Page> pages, Function<SessionView, String> who, int limit) {
        Map<String, Integer> counts = new HashMap<>();
        pages.given()
                .forEach(page -> page.clients().forEach(client -> counts.merge(who.apply(client), 1, Integer::sum)));
        JsonArray most = new JsonArray();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .forEach(each ->
                        most.add(new JsonObject().put("who", each.getKey()).put("connections", each.getValue())));
        int total = pages.given().stream().mapToInt(Connections.Page::total).sum();
        return new JsonObject()
                .put("total", total)
                .put("different", counts.size())
                .put("counts", most);
    }

    private void close(RoutingContext context) {
        String id = context.pathParam("id");
        Query query = new Query(context);
        query.expectOnly(Set.of("reconnect"));
        CloseReason reason = query.oneOf("reconnect", "true", YES_OR_NO, "bad-request") == 1 ? COME_BACK : STAY_AWAY;
        if (query.isRefused()) {
            return;
        }
        LoopAnswers.ask(management, loops, loop -> loop.close((each, address, subject) -> each.equals(id), reason))
                .onSuccess(closed -> closed(context, id, reason, closed));
    }

    private static void closed(RoutingContext context, String id, CloseReason reason, LoopAnswers<Integer> closed) {
        if (closed.given().stream().mapToInt(Integer::intValue).sum() > 0) {
            JsonObject told = new JsonObject()
                    .put("closed", id)
                    .put("code", reason.code())
                    .put("mayReconnect", reason.equals(COME_BACK))
                    .put("reason", reason.text());
            Answer.json(context.response(), 200, told);
        } else if (closed.silent().isEmpty()) {
            new HttpError(404, "unknown-connection", "no such connection; see /connections").send(context.response());
        } else {
            String reasonText = "no such connection, but " + String.join(", ", closed.silent()) + " did not answer";
            new HttpError(503, "loop-stands", reasonText).send(context.response());
        }
    }

    private static boolean isFull(Query query) {
        return query.oneOf("addresses", "masked", ADDRESSES, "bad-request") == 1;
    }

    private static String address(Address address, boolean full) {
        return full ? address.toString() : address.masked();
    }

    /** Tells which loops did not answer, where there are such: then it is not all. */
    static void send(RoutingContext context, List<String> silent, JsonObject told) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answer.json(context.response(), 200, silent.isEmpty() ? told : told.put("unanswered", new JsonArray(silent)));
    }
}
