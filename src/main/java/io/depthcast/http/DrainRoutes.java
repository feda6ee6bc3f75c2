package io.depthcast.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Sends the clients of this node away without ending it, and takes that back. Confined to the management loop. */
final class DrainRoutes {
    private final Context management;
    private final Operator operator;

    DrainRoutes(Context management, Operator operator) {
        this.management = management;
        this.operator = operator;
    }

    void mount(Router router) {
        router.get("/drain").handler(context -> tell(context, 200));
        router.post("/drain").handler(context -> answer(context, operator.beginDrain(), 202));
        router.delete("/drain").handler(context -> answer(context, operator.endDrain(), 200));
    }

    private void answer(RoutingContext context, Future<Void> asked, int status) {
        LoopAnswers.onto(management, asked)
                .onSuccess(done -> tell(context, status))
                .onFailure(late -> new HttpError(503, "loop-stands", "the node did not take it in time; see /livez")
                        .send(context.response()));
    }

    private void tell(RoutingContext context, int status) {
        Answer.json(context.response(), status, new JsonObject().put("draining", operator.isDraining()));
    }
}
