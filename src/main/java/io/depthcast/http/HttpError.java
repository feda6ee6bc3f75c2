package io.depthcast.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * A refusal of a request: {@code {"error":{"code":"not-found","reason":"..."}}}.
 *
 * @param code fixed, for programs
 * @param reason for people: what was wrong and what to do
 */
record HttpError(int status, String code, String reason) {
    void send(HttpServerResponse response) {
        JsonObject error = new JsonObject().put("code", code).put("reason", reason);
        Answer.json(response, status, new JsonObject().put("error", error));
    }
}
