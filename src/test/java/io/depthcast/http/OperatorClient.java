package io.depthcast.http;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An operator at the management port of one gateway. */
final class OperatorClient {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    OperatorClient(int managementPort) {
        this.base = "http://127.0.0.1:" + managementPort;
    }

    HttpResponse<String> send(String method, String target, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + target))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Keeps somebody out, and returns what the gateway says of it. */
    JsonObject block(JsonObject whom) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/blocks", whom.encode());
        if (answer.statusCode() != 201) {
            throw new IOException(answer.body());
        }
        return new JsonObject(answer.body());
    }
}
