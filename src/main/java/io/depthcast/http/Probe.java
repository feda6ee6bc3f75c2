package io.depthcast.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** Asks a few checks at once and says in JSON what they found. Confined to the management loop. */
final class Probe {
    /** Below the second that Kubernetes waits for a probe, so that the answer can name the check that hangs. */
    static final int DEADLINE_MILLIS = 500;

    private final Supplier<List<HealthCheck>> checks;

    /** @param checks asked each time: there are more once a node has started than before */
    Probe(Supplier<List<HealthCheck>> checks) {
        this.checks = checks;
    }

    /**
     * Never fails and completes on the loop: {@code {"status":"down","failed":["feed"],"checks":[{"name":"feed",
     * "status":"down","detail":"no event for 6 s"}]}}.
     */
    Future<JsonObject> ask(Context loop) {
        List<HealthCheck> asked = List.copyOf(checks.get());
        return Future.join(asked.stream().map(check -> ask(check, loop)).toList())
                .map(all -> report(asked, all.list()));
    }

    static boolean isUp(JsonObject report) {
        return report.getJsonArray("failed").isEmpty();
    }

    private static Future<Health> ask(HealthCheck check, Context loop) {
        Promise<Health> first = Promise.promise();
        Health late = new Health(false, "no answer within " + DEADLINE_MILLIS + " ms");
        long timer = loop.owner().setTimer(DEADLINE_MILLIS, due -> first.tryComplete(late));
        Future.succeededFuture()
                .compose(start -> check.ask().get())
                .otherwise(failure -> new Health(false, failure.toString()))
                .onSuccess(health -> loop.runOnContext(turn -> {
                    loop.owner().cancelTimer(timer);
                    first.tryComplete(health);
                }));
        return first.future();
    }

    private static JsonObject report(List<HealthCheck> checks, List<Health> found) {
        JsonArray failed = new JsonArray();
        JsonArray each = new JsonArray();
        for (int i = 0; i < found.size(); i++) {
            String name = checks.get(i).name();
            Health health = found.get(i);
            if (!health.healthy()) {
                failed.add(name);
            }
            each.add(new JsonObject()
                    .put("name", name)
                    .put("status", status(health.healthy()))
                    .put("detail", health.detail()));
        }
        return new JsonObject()
                .put("status", status(failed.isEmpty()))
                .put("failed", failed)
                .put("checks", each);
    }

    private static String status(boolean healthy) {
        return healthy ? "up" : "down";
    }
}
