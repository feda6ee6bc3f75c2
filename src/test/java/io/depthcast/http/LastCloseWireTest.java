package io.depthcast.http;

import static io.depthcast.http.RawWebSocket.handshake;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why a session was closed is told to who comes back with its id. */
@NeedsSockets
@Timeout(300)
class LastCloseWireTest {
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void shouldTellWhyTheFormerSessionWasClosedOnWhateverLoop() throws Exception {
        try (RunningGateway impatient =
                RunningGateway.start(RunningGateway.QUIET, RunningGateway.limits(Map.of("unsubscribedSeconds", 1)))) {
            String session;
            try (RawWebSocket client = RawWebSocket.open(impatient.port())) {
                session = welcome(client).getString("session");
                assertThat(client.closeCode()).isEqualTo(4005);
            }

            for (int i = 0; i < 4; i++) {
                JsonObject welcome = welcomeOf(impatient, session);
                assertThat(welcome.getJsonObject("lastClose"))
                        .isEqualTo(new JsonObject().put("code", 4005).put("reason", "nothing subscribed for 1 s"));
                assertThat(welcome.getString("session")).isNotEqualTo(session);
            }
        }
    }

    @Test
    void shouldSayNothingOfASessionThatItsClientClosedOrThatNobodyHad() throws IOException {
        String session;
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            session = welcome(client).getString("session");
            client.write(ClientFrames.close(1000));
            assertThat(client.closeCode()).isEqualTo(1000);
        }

        for (String former : new String[] {session, UUID.randomUUID().toString(), "", "x", "%00", "1-1-1-1-1"}) {
            assertThat(welcomeOf(gateway, former).containsKey("lastClose")).isFalse();
        }
    }

    private static JsonObject welcomeOf(RunningGateway asked, String former) throws IOException {
        try (RawWebSocket client = RawWebSocket.connect(asked.port())) {
            String request = handshake().replace("/v1/stream", "/v1/stream?session=" + former);
            client.write(request.getBytes(UTF_8));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            return welcome(client);
        }
    }

    private static JsonObject welcome(RawWebSocket client) throws IOException {
        return new JsonObject(client.read().text());
    }
}
