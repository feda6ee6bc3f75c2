package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator sees who is connected, and can part with one. */
@NeedsSockets
@Timeout(300)
class ConnectionsWireTest extends OperatedGateway {
    @Test
    void shouldListEveryConnectionOnceInPages() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int offset = 0; offset < CLIENTS; offset += 3) {
            JsonObject page = gateway.connections("?limit=3&offset=" + offset);
            assertThat(page.getInteger("total")).isEqualTo(CLIENTS);
            assertThat(page.getInteger("offset")).isEqualTo(offset);
            JsonArray connections = page.getJsonArray("connections");
            assertThat(connections).hasSize(Math.min(3, CLIENTS - offset));
            connections.forEach(each -> seen.add(((JsonObject) each).getString("id")));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(gateway.connections("?offset=" + CLIENTS).getJsonArray("connections"))
                .isEmpty();
    }

    @Test
    void shouldTellHowAClientFares() throws Exception {
        RawWebSocket client = clients.get(0);
        client.send(subscription("book", "BTC-USD", ""));
        client.read();

        JsonObject told = find(gateway.connections(""), ids.get(0));
        assertThat(told.fieldNames())
                .containsExactly(
                        "id",
                        "address",
                        "subject",
                        "transport",
                        "subprotocol",
                        "ageMillis",
                        "subscriptions",
                        "rung",
                        "pendingBytes",
                        "behindMillis",
                        "bytesSent",
                        "framesSent",
                        "mergedEvents");
        assertThat(told.getString("address")).isEqualTo("127.0.0.x");
        assertThat(told.getString("rung")).isEqualTo("live");
        assertThat(told.getString("transport")).isEqualTo("websocket");
        assertThat(told.getString("subprotocol")).isEqualTo("depthcast.v1.json");
        assertThat(told.getInteger("subscriptions")).isEqualTo(1);
        assertThat(told.getInteger("framesSent")).isGreaterThanOrEqualTo(2);
        assertThat(told.getInteger("bytesSent")).isPositive();
        assertThat(find(gateway.connections("?addresses=full"), ids.get(0)).getString("address"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void shouldPartWithOneClientAndKeepTheOthers() throws Exception {
        assertThat(send("DELETE", "/connections/" + ids.get(2)).body())
                .isEqualTo("{\"closed\":\"" + ids.get(2) + "\",\"code\":1012,\"mayReconnect\":true,"
                        + "\"reason\":\"closed by an operator; reconnect and resume\"}");

        assertThat(clients.get(2).closeCode()).isEqualTo(1012);
        clients.get(2).write(ClientFrames.close(1012));
        assertThat(clients.get(2).isEnded()).isTrue();
        while (gateway.connections("").getInteger("total") == CLIENTS) {
            Thread.onSpinWait();
        }
        assertThat(gateway.connections("").getInteger("total")).isEqualTo(CLIENTS - 1);
        assertThat(delete(ids.get(2))).isEqualTo(404);
        assertThat(delete("nobody")).isEqualTo(404);
    }

    @Test
    void shouldShowAStreamOfEventsAmongTheOthersAndPartWithItToo() throws Exception {
        try (EventReader reader = EventReader.open(gateway, "channel=book&symbol=BTC-USD", EventReader.GZIP)) {
            reader.readUntil(() -> !reader.books.isEmpty());
            assertThat(gateway.connections("").getInteger("total")).isEqualTo(CLIENTS + 1);
            JsonObject told = gateway.connections("").getJsonArray("connections").stream()
                    .map(JsonObject.class::cast)
                    .filter(each -> each.getString("transport").equals("sse"))
                    .findFirst()
                    .orElseThrow();
            assertThat(told.getString("rung")).isEqualTo("live");
            assertThat(told.getInteger("subscriptions")).isEqualTo(1);

            assertThat(delete(told.getString("id"))).isEqualTo(200);
            reader.readToTheEnd();
            assertThat(reader.named)
                    .containsExactly("close {\"op\":\"close\",\"code\":1012,"
                            + "\"reason\":\"closed by an operator; reconnect and resume\"}");
        }
    }

    @Test
    void shouldRefuseWhatIsNoPage() throws Exception {
        for (String query : List.of(
                "?limit=0",
                "?limit=1001",
                "?offset=-1",
                "?offset=x",
                "?addresses=all",
                "?rnug=slow",
                "?rung=fast",
                "?sort=name",
                "?address=here",
                "?transport=ftp",
                "?minBehindMillis=-1")) {
            HttpResponse<String> answer = send("GET", "/connections" + query);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("bad-request");
        }
    }

    @Test
    void shouldNarrowAndOrderWhatItLists() throws Exception {
        for (String symbol : List.of("BTC-USD", "ETH-USD")) {
            clients.get(3).send(subscription("book", symbol, ""));
            clients.get(3).read();
        }
        JsonArray most = gateway.connections("?sort=subscriptions&limit=1").getJsonArray("connections");
        assertThat(most.getJsonObject(0).getString("id")).isEqualTo(ids.get(3));
        assertThat(gateway.connections("?rung=live&address=127.0.0.0/8&transport=websocket&minBytesSent=1")
                        .getInteger("total"))
                .isEqualTo(CLIENTS);
        for (String nobody :
                List.of("rung=slow", "address=10.0.0.0/8", "subject=alice", "transport=sse", "minBehindMillis=99999")) {
            assertThat(gateway.connections("?" + nobody).getInteger("total"))
                    .as(nobody)
                    .isZero();
        }
    }

    @Test
    void shouldCountByAddressAndBySubject() throws Exception {
        assertThat(gateway.connections("/counts"))
                .isEqualTo(new JsonObject(
                        "{\"total\":7,\"different\":1,\"counts\":[{\"who\":\"127.0.0.x\",\"connections\":7}]}"));
        assertThat(gateway.connections("/counts?by=subject&rung=live"))
                .isEqualTo(
                        new JsonObject("{\"total\":7,\"different\":1,\"counts\":[{\"who\":\"\",\"connections\":7}]}"));
        assertThat(send("GET", "/connections/counts?by=port").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTellAClientThatItShallNotComeBack() throws Exception {
        String said = send("DELETE", "/connections/" + ids.get(1) + "?reconnect=false")
                .body();

        assertThat(said).contains("\"code\":1008,\"mayReconnect\":false");
        assertThat(clients.get(1).closeCode()).isEqualTo(1008);
    }

    private static JsonObject find(JsonObject page, String id) {
        return page.getJsonArray("connections").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private int delete(String id) throws Exception {
        return send("DELETE", "/connections/" + id).statusCode();
    }
}
