package io.depthcast.http;

import io.depthcast.auth.TokenFault;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * A refusal of a request: {@code {"error":{"code":"not-found","reason":"..."}}}.
 *
 * @param code fixed, for programs
 * @param reason for people: what was wrong and what to do
 */
record HttpError(int status, String code, String reason) {
    static final HttpError BLOCKED = new HttpError(403, "blocked", "the operator of this gateway keeps you out");

    private static final int UNAUTHORIZED = 401;

    static HttpError unauthorized(TokenFault fault) {
        return new HttpError(UNAUTHORIZED, fault == TokenFault.MISSING ? "no-token" : "bad-token", fault.reason());
    }

    /** Sends it as the last answer of its connection. */
    void sendLast(HttpServerRequest request) {
        send(last(request));
    }

    /** The answer to a request, to be the last of its connection. */
    static HttpServerResponse last(HttpServerRequest request) {
        // Vert.x sends the header along but ends nothing.
        return request.response().putHeader("Connection", "close").endHandler(ended -> request.connection()
                .close());
    }

    void send(HttpServerResponse response) {
        if (status == UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        JsonObject error = new JsonObject().put("code", code).put("reason", reason);
        Answer.json(response, status, new JsonObject().put("error", error));
    }
}
