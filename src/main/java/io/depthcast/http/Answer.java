package io.depthcast.http;

import io.depthcast.bus.VertxInternals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an HTTP response. */
public final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private Answer() {}

    static void json(HttpServerResponse response, int status, JsonObject body) {
        end(response.setStatusCode(status), "application/json", body.toBuffer());
    }

    static void text(HttpServerResponse response, String contentType, String body) {
        end(response, contentType, Buffer.buffer(body));
    }

    /** @param body that others may be sent as well */
    static void whole(HttpServerResponse response, String contentType, Buffer body) {
        end(response, contentType, body);
    }

    /** A body that changes with the market: no cache keeps it. */
    static void json(HttpServerResponse response, Buffer body) {
        end(response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store"), "application/json", body);
    }

    /** See {@link #json(HttpServerResponse, Buffer)}. */
    static void json(HttpServerResponse response, Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        json(response, VertxInternals.buffer(out));
    }

    static void empty(HttpServerResponse response) {
        response.end().onFailure(Answer::left);
    }

    private static void end(HttpServerResponse response, String contentType, Buffer body) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType).end(body).onFailure(Answer::left);
    }

    private static void left(Throwable gone) {
        LOG.debug("the client left before its answer", gone);
    }
}
