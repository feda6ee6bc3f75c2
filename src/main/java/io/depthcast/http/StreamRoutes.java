package io.depthcast.http;

import io.vertx.core.Context;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which streams are followed, the most popular first. Confined to the management loop. */
final class StreamRoutes {
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 10;

    private final Context management;
    private final List<Connections> loops;

    StreamRoutes(Context management, List<Connections> loops) {
        this.management = management;
        this.loops = loops;
    }

    void mount(Router router) {
        router.get("/streams").handler(this::list);
    }

    private void list(RoutingContext context) {
        Query query = new Query(context);
        query.expectOnly(Set.of("limit"));
        int limit = query.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        if (!query.isRefused()) {
            LoopAnswers.ask(management, loops, Connections::followers)
                    .onSuccess(
                            asked -> ConnectionRoutes.send(context, asked.silent(), json(sum(asked.given()), limit)));
        }
    }

    /** The followers on all loops together. */
    static Map<StreamName, Integer> sum(List<Map<StreamName, Integer>> byLoop) {
        Map<StreamName, Integer> sum = new HashMap<>();
        byLoop.forEach(loop -> loop.forEach((stream, followers) -> sum.merge(stream, followers, Integer::sum)));
        return sum;
    }

    private static JsonObject json(Map<StreamName, Integer> followers, int limit) {
        JsonArray streams = new JsonArray();
        StreamName.mostPopular(followers, limit)
                .forEach(each -> streams.add(new JsonObject()
                        .put("channel", each.getKey().channel())
                        .put("symbol", each.getKey().symbol())
                        .put("detail", each.getKey().detail())
                        .put("subscriptions", each.getValue())));
        return new JsonObject().put("total", followers.size()).put("streams", streams);
    }
}
