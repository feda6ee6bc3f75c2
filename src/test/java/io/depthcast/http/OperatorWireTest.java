package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator keeps somebody out, sends all away, and takes that back. */
@Timeout(300)
@NeedsSockets
class OperatorWireTest extends OperatedGateway {
    @Test
    void shouldKeepOutWhomItBlocksUntilItIsTakenBack() throws Exception {
        HttpResponse<String> made =
                post("/blocks", "{\"address\":\"127.0.0.0/8\",\"seconds\":600,\"reason\":\"a test\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(new JsonObject(made.body()).getInteger("closed")).isEqualTo(CLIENTS);
        for (RawWebSocket client : clients) {
            assertThat(client.closeCode()).isEqualTo(1008);
        }
        String handshake = RawWebSocket.handshake();
        assertThat(RunningGateway.exchange(gateway.port(), handshake).status()).isEqualTo(403);
        assertThat(RunningGateway.exchange(gateway.port(), handshake).body()).contains("\"blocked\"");
        assertThat(gateway.metric("depthcast_admissions_total{outcome=\"blocked\"}"))
                .isEqualTo(2);
        for (String target : List.of(
                "/", "/docs/", "/nope", "/v1/instruments", "/v1/book/BTC-USD", "/v1/sse?channel=book&symbol=BTC-USD")) {
            RunningGateway.HttpAnswer refused = gateway.get(target);
            assertThat(refused.status()).as(target).isEqualTo(403);
            assertThat(refused.body()).contains("\"blocked\"", "the operator of this gateway keeps you out");
        }
        assertThat(gateway.metric("depthcast_refusals_total{reason=\"blocked\",transport=\"http\"}"))
                .isEqualTo(5);

        JsonObject listed = new JsonObject(send("GET", "/blocks").body())
                .getJsonArray("blocks")
                .getJsonObject(0);
        assertThat(listed.getString("address")).isEqualTo("127.0.0.0/8");
        assertThat(listed.getInteger("secondsLeft")).isBetween(1, 600);
        assertThat(send("DELETE", "/blocks/" + listed.getInteger("id")).statusCode())
                .isEqualTo(204);
        assertThat(send("DELETE", "/blocks/" + listed.getInteger("id")).statusCode())
                .isEqualTo(404);
        assertThat(new JsonObject(send("GET", "/blocks").body()).getJsonArray("blocks"))
                .isEmpty();
        assertThat(gateway.get("/v1/instruments").status()).isEqualTo(200);
        RawWebSocket.open(gateway.port()).close();
    }

    @Test
    void shouldRefuseABlockThatDoesNotSayWhomItMeans() throws Exception {
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"address\":\"none\"}",
                "{\"address\":\"10.0.0.300\"}",
                "{\"address\":\"10.0.0.1\",\"subject\":\"alice\"}",
                "{\"subject\":\"\"}",
                "{\"subject\":7}",
                "{\"subject\":\"alice\",\"seconds\":0}",
                "{\"subject\":\"alice\",\"seconds\":\"60\"}",
                "{\"subject\":\"alice\",\"minutes\":1}")) {
            assertThat(post("/blocks", body).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void shouldTellTheStreamsThatMostFollow() throws Exception {
        for (RawWebSocket client : clients.subList(0, 3)) {
            client.send(subscription("book", "BTC-USD", ""));
            client.read();
        }
        clients.get(0).send(subscription("bbo", "ETH-USD", ""));
        clients.get(0).read();

        JsonObject told = new JsonObject(send("GET", "/streams").body());
        assertThat(told.getInteger("total")).isEqualTo(2);
        assertThat(told.getJsonArray("streams").getJsonObject(0))
                .isEqualTo(new JsonObject(
                        "{\"channel\":\"book\",\"symbol\":\"BTC-USD\",\"detail\":\"25\",\"subscriptions\":3}"));
    }

    @Test
    void shouldDrainAndTakeThatBack() throws Exception {
        HttpResponse<String> begun = post("/drain", "");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(begun.body()).isEqualTo("{\"draining\":true}");
        assertThat(send("GET", "/readyz").statusCode()).isEqualTo(503);
        assertThat(RunningGateway.exchange(gateway.port(), RawWebSocket.handshake())
                        .status())
                .isEqualTo(503);

        assertThat(send("DELETE", "/drain").body()).isEqualTo("{\"draining\":false}");
        assertThat(gateway.metric("depthcast_draining")).isZero();
        RawWebSocket.open(gateway.port()).close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
