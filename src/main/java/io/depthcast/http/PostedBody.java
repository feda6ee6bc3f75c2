package io.depthcast.http;

import io.depthcast.source.PostedLines;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The body of one POST, read as fast as the feed takes it. Feed loop only. */
final class PostedBody {
    private static final int RETRY_MILLIS = 2;
    /** For brokers that come back, or another one that leads. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx;
    private final RoutingContext context;
    private final PostedLines lines;
    private final BooleanSupplier keptOut;
    /** Whether there is nobody to answer, or nothing more to say. */
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
        request.endHandler(end -> {
            if (!over) {
                lines.end();
                answer(System.nanoTime());
            }
        });
        request.exceptionHandler(failure -> over = true);
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

    /** As soon as what was taken is in the log, where there is one. */
    private void answer(long sinceNanos) {
        if (over) {
            return;
        }
        if (!lines.isSettled()) {
            if (System.nanoTime() - sinceNanos < SETTLE_NANOS) {
                vertx.setTimer(RETRY_MILLIS, timer -> answer(sinceNanos));
            } else {
                context.response().putHeader("Retry-After", "1");
                new HttpError(
                                503,
                                "unsettled",
                                "the log does not answer: what was posted may be told later, or be lost")
                        .send(context.response());
            }
            return;
        }
        Answer.json(context.response().setStatusCode(lines.accepted() > 0 ? 200 : 400), Buffer.buffer(lines.answer()));
    }
}
