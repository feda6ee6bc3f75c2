package io.depthcast.http;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with some clients, and its operator. */
abstract class OperatedGateway {
    static final int CLIENTS = 7;

    RunningGateway gateway;
    final List<RawWebSocket> clients = new ArrayList<>();
    final List<String> ids = new ArrayList<>();

    @BeforeEach
    void connect() throws Exception {
        // Nobody is behind who does not answer at once: these read only now and then.
        gateway = RunningGateway.start(
                RunningGateway.QUIET, RunningGateway.LIMITS, RunningGateway.pace(Map.of("ackMillis", 600_000)));
        for (int i = 0; i < CLIENTS; i++) {
            RawWebSocket client = RawWebSocket.open(gateway.port());
            clients.add(client);
            ids.add(new JsonObject(client.read().text()).getString("session"));
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (RawWebSocket client : clients) {
            client.close();
        }
        gateway.close();
    }

    final HttpResponse<String> send(String method, String target) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + target);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
