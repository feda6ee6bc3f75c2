package io.depthcast.http;

import io.depthcast.admission.Block;
import io.depthcast.admission.Blocks;
import io.depthcast.limit.Networks;
import io.depthcast.session.CloseReason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whom the operator keeps out, and for how long. Confined to the management loop. */
final class BlockRoutes {
    private static final int MAX_BODY_BYTES = 4_096;
    private static final int MAX_SECONDS = 31_536_000;
    private static final int DEFAULT_SECONDS = 3_600;
    private static final int MAX_TEXT = 200;
    private static final Set<String> FIELDS = Set.of("address", "subject", "seconds", "reason");
    /** As for the end of a connection that broke the rules: its client does not come back by itself. */
    static final CloseReason KEPT_OUT =
            new CloseReason(CloseReason.POLICY_VIOLATION, "kept out by an operator; do not reconnect");

    private final Context management;
    private final List<Connections> loops;
    private final Operator operator;

    BlockRoutes(Context management, List<Connections> loops, Operator operator) {
        this.management = management;
        this.loops = loops;
        this.operator = operator;
    }

    void mount(Router router) {
        router.get("/blocks").handler(this::list);
        router.post("/blocks")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::add);
        router.delete("/blocks/:id").handler(this::remove);
    }

    private void list(RoutingContext context) {
        ask(context, blocks -> blocks.list(System.nanoTime()), all -> {
            JsonArray told = new JsonArray();
            all.blocks().forEach(block -> told.add(json(block)));
            Answer.json(context.response(), 200, new JsonObject().put("blocks", told));
        });
    }

    /** Refused unless it says one of address and subject, and nothing that is not known. */
    private void add(RoutingContext context) {
        JsonObject asked = body(context);
        String mistake = asked == null ? "expected a JSON object" : mistake(asked);
        if (asked == null || mistake != null) {
            new HttpError(400, "bad-request", String.valueOf(mistake)).send(context.response());
            return;
        }
        Networks addresses = networks(asked);
        String subject = asked.getString("subject", "");
        int seconds = asked.getInteger("seconds", DEFAULT_SECONDS);
        String reason = asked.getString("reason", "");
        ask(
                context,
                blocks -> new Added(blocks.add(
                        addresses == null ? Networks.NONE : addresses, subject, seconds, reason, System.nanoTime())),
                added -> added(context, added.block()));
    }

    private record Added(@Nullable Block block) {}

    private void added(RoutingContext context, @Nullable Block block) {
        if (block == null) {
            new HttpError(409, "too-many", "there are " + Blocks.MAX_BLOCKS + " blocks already; take some back")
                    .send(context.response());
            return;
        }
        Future<LoopAnswers<Integer>> clients = LoopAnswers.ask(
                management,
                loops,
                loop -> loop.close((id, address, subject) -> block.keepsOut(address, subject), KEPT_OUT));
        Future<Integer> publishers = LoopAnswers.onto(management, operator.closePublishers(block));
        Future.join(clients, publishers)
                .onComplete(all -> Answer.json(
                        context.response(), 201, closed(json(block), clients.result(), publishers.otherwiseEmpty())));
    }

    /** Tells how many it has ended, and which loops have not said. */
    private static JsonObject closed(JsonObject told, LoopAnswers<Integer> clients, Future<Integer> publishers) {
        int count = clients.given().stream().mapToInt(Integer::intValue).sum();
        List<String> silent = new ArrayList<>(clients.silent());
        if (publishers.result() == null) {
            silent.add("feed");
        }
        told.put("closed", count).put("publishersClosed", publishers.result() == null ? 0 : publishers.result());
        return silent.isEmpty() ? told : told.put("unanswered", new JsonArray(silent));
    }

    private void remove(RoutingContext context) {
        String id = context.pathParam("id");
        int number = id.matches("[0-9]{1,9}") ? Integer.parseInt(id) : 0;
        ask(context, blocks -> blocks.remove(number, System.nanoTime()), found -> {
            if (found) {
                Answer.empty(context.response().setStatusCode(204));
            } else {
                new HttpError(404, "unknown-block", "no such block; see /blocks").send(context.response());
            }
        });
    }

    private <T> void ask(
            RoutingContext context,
            java.util.function.Function<Blocks, T> question,
            java.util.function.Consumer<T> answer) {
        Future<T> asked = operator.blocks(question);
        LoopAnswers.onto(management, asked).onSuccess(answer::accept).onFailure(late -> new HttpError(
                        503, "loop-stands", "the node did not take it in time; see /livez")
                .send(context.response()));
    }

    private static JsonObject json(Block block) {
        long left = Math.max(0, TimeUnit.NANOSECONDS.toSeconds(block.endNanos() - System.nanoTime()));
        return new JsonObject()
                .put("id", block.id())
                .put(block.subject().isEmpty() ? "address" : "subject", who(block))
                .put("secondsLeft", left)
                .put("reason", block.reason());
    }

    private static String who(Block block) {
        return block.subject().isEmpty() ? block.addresses().toString() : block.subject();
    }

    private static @Nullable JsonObject body(RoutingContext context) {
        try {
            return context.body().asJsonObject();
        } catch (DecodeException | ClassCastException notOne) {
            return null;
        }
    }

    /** What is wrong with it, null if nothing is. */
    private static @Nullable String mistake(JsonObject asked) {
        for (String field : asked.fieldNames()) {
            if (!FIELDS.contains(field)) {
                return "expected address or subject, seconds and reason, and nothing else";
            }
        }
        if (asked.containsKey("address") == asked.containsKey("subject")) {
            return "expected either address or subject";
        }
        if (asked.containsKey("address") && networks(asked) == null) {
            return "address: expected an address or a range such as 203.0.113.0/24";
        }
        for (String text : List.of("subject", "reason")) {
            if (asked.containsKey(text) && !isText(asked.getValue(text), text.equals("subject") ? 1 : 0)) {
                return text + ": expected a text of at most " + MAX_TEXT + " characters";
            }
        }
        Object seconds = asked.getValue("seconds", DEFAULT_SECONDS);
        return seconds instanceof Integer count && count >= 1 && count <= MAX_SECONDS
                ? null
                : "seconds: expected 1 to " + MAX_SECONDS;
    }

    private static boolean isText(@Nullable Object value, int least) {
        return value instanceof String text && text.length() >= least && text.length() <= MAX_TEXT;
    }

    private static @Nullable Networks networks(JsonObject asked) {
        Networks networks = asked.getValue("address") instanceof String text ? Networks.parse(text) : null;
        return networks == null || networks.equals(Networks.NONE) ? null : networks;
    }
}
