package io.depthcast.http;

import io.depthcast.source.PostedLines;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/** The body of one POST, read as fast as the feed takes it. Feed loop only. */
final class PostedBody {
    private static final int RETRY_MILLIS = 2;

    private final Vertx vertx;
    private final RoutingContext context;
    private final PostedLines lines;
    private final BooleanSupplier keptOut;
    private boolean over;

    /** @param keptOut whether operators keep its publisher out now: a body may be as long as a stream */
    PostedBody(Vertx vertx, RoutingContext context, PostedLines lines, BooleanSupplier keptOut) {
        this.vertx = vertx;
        this.context = context;
        this.lines = lines;
        this.keptOut = keptOut;
    }

    void read() {
        HttpServerRequest request = context.request();
        request.handler(this::take);
        request.endHandler(end -> answer());
        request.exceptionHandler(gone -> {});
        request.resume();
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        if (keptOut.getAsBoolean()) {
            over = true;
            HttpError.BLOCKED.sendLast(context.request());
            return;
        }
        lines.add(chunk.getBytes());
        if (!lines.hasRoom()) {
            context.request().pause();
            await();
        }
    }

    private void await() {
        vertx.setTimer(RETRY_MILLIS, timer -> {
            if (lines.hasRoom()) {
                context.request().resume();
            } else {
                await();
            }
        });
    }

    private void answer() {
        if (over) {
            return;
        }
        lines.end();
        Answer.json(context.response().setStatusCode(lines.accepted() > 0 ? 200 : 400), Buffer.buffer(lines.answer()));
    }
}
