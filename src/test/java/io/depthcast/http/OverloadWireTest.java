package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static io.depthcast.http.RawWebSocket.protocol;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway whose flushes cost what the test says: who is told, who is turned away, and that those inside lose nothing. */
@NeedsSockets
@Timeout(300)
class OverloadWireTest {
    private final PlayedWork work = new PlayedWork();
    private RunningGateway gateway;

    /** Of two clients one waits while the other reads, for as long as a busy machine needs for all steps of an overload. */
    @BeforeEach
    void start() throws ReflectiveOperationException {
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.pace(Map.of("slowSeconds", 60)), work);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void shouldStretchTheFlushForEverybodySayItAndComeBack() throws IOException {
        playOverloadOf("gateway-");
    }

    @Test
    void shouldDoTheSameForAShardThatIsOverloaded() throws IOException {
        playOverloadOf("shard-");
    }

    private void playOverloadOf(String loops) throws IOException {
        try (Follower json = Follower.open(gateway, protocol(RawWebSocket.JSON));
                Follower sbe = Follower.open(gateway, protocol(RawWebSocket.SBE))) {
            for (Follower client : List.of(json, sbe)) {
                client.socket.send(subscription("book", "*", ",\"depth\":10"));
                client.readUntil(() -> client.books.size() > 100);
            }
            work.load(loops);
            for (Follower client : List.of(json, sbe)) {
                assertThat(notices(client, "overloaded 320"))
                        .containsSubsequence("overloaded 40", "overloaded 80", "overloaded 160");
            }
            shouldTurnNewcomersAway();
            shouldServeThoseInside(json, sbe);

            work.unload();
            for (Follower client : List.of(json, sbe)) {
                assertThat(notices(client, "recovered 20")).isEmpty();
            }
            shouldServeThoseInside(json, sbe);
            Follower.open(gateway).close();
        }
    }

    /** The notices up to that one, which is the last. */
    private static List<String> notices(Follower client, String last) throws IOException {
        int[] seen = {0};
        client.replies.clear();
        client.readUntil(() -> {
            boolean found = false;
            while (seen[0] < client.replies.size()) {
                found |= told(client.replies.get(seen[0]++)).equals(last);
            }
            return found;
        });
        return client.replies.stream()
                .map(OverloadWireTest::told)
                .filter(told -> !told.equals(last))
                .filter(told -> told.startsWith("overloaded"))
                .toList();
    }

    private static String told(JsonObject reply) {
        return reply.getString("op").equals("notice")
                ? reply.getString("code") + ' ' + reply.getInteger("flushMillis")
                : reply.getString("op");
    }

    private void shouldTurnNewcomersAway() throws IOException {
        RunningGateway.HttpAnswer refused = RunningGateway.exchange(gateway.port(), RawWebSocket.handshake());

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.head()).containsIgnoringCase("Retry-After: 5");
        assertThat(refused.json().getJsonObject("error").getString("code")).isEqualTo("overloaded");
        assertThat(gateway.metric("depthcast_flush_stretch{loop=\"gateway-0\"}"))
                .isGreaterThanOrEqualTo(4);
        assertThat(gateway.metric("depthcast_handshakes_total{status=\"503\"}")).isPositive();
    }

    /** Every book of theirs goes on being proved, update by update. */
    private static void shouldServeThoseInside(Follower... clients) throws IOException {
        for (Follower client : clients) {
            client.books.clear();
            client.readUntil(() -> client.books.size() > 200);
            assertThat(client.provedBooks()).isEqualTo(24);
        }
    }
}
