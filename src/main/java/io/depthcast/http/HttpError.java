package io.depthcast.http;

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
    /** Sends it as the last answer of its connection. */
    void sendLast(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        // Vert.x sends the header along but ends nothing.
        response.putHeader("Connection", "close")
                .endHandler(ended -> request.connection().close());
        send(response);
    }

    void send(HttpServerResponse response) {
        JsonObject error = new JsonObject().put("code", code).put("reason", reason);
        Answer.json(response, status, new JsonObject().put("error", error));
    }
}
