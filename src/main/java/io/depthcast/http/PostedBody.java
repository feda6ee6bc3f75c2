package io.depthcast.http;

import io.depthcast.source.PostedLines;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The body of one POST, read as fast as the feed takes it. Feed loop only. */
final class PostedBody {
    private static final int RETRY_MILLIS = 2;

    private final Vertx vertx;
    private final RoutingContext context;
    private final PostedLines lines;

    PostedBody(Vertx vertx, RoutingContext context, PostedLines lines) {
        this.vertx = vertx;
        this.context = context;
        this.lines = lines;
    }

    void read() {
        HttpServerRequest request = context.request();
        request.handler(this::take);
        request.endHandler(end -> answer());
        request.exceptionHandler(gone -> {});
        request.resume();
    }

    private void take(Buffer chunk) {
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
        lines.end();
        Answer.json(context.response().setStatusCode(lines.accepted() > 0 ? 200 : 400), Buffer.buffer(lines.answer()));
    }
}
