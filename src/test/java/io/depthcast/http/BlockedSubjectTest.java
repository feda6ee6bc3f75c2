package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway.HttpAnswer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator keeps the owner of some tokens out, wherever they are shown, and nobody else. */
@NeedsSockets
@Timeout(300)
class BlockedSubjectTest {
    @TempDir
    Path folder;

    @Test
    void shouldRefuseWhateverTheSubjectAsksAndServeTheOthers() throws Exception {
        try (TokenGateway gateway = new TokenGateway(folder);
                RawWebSocket alice = stream(gateway, "alice");
                RawWebSocket bob = stream(gateway, "bob")) {
            String ofAlice = TokenGateway.bearer(gateway.token("alice", 600));
            String ticket = gateway.ticket(gateway.token("alice", 600));
            JsonObject block = new OperatorClient(gateway.managementPort())
                    .block(new JsonObject().put("subject", "alice").put("seconds", 600));

            assertThat(block.getInteger("closed")).isEqualTo(1);
            assertThat(alice.closeCode()).isEqualTo(1008);
            for (String line : new String[] {
                "GET /v1/instruments", "GET /v1/book/BTC-USD", "POST /v1/tickets", "GET /v1/sse?channel=bbo&symbol=*"
            }) {
                HttpAnswer refused = gateway.request(line, ofAlice, "Content-Length: 0");
                assertThat(refused.status()).as(line).isEqualTo(403);
                assertThat(TokenGateway.code(refused)).isEqualTo("blocked");
            }
            assertThat(RunningGateway.exchange(gateway.port(), TokenGateway.withTicket(ticket))
                            .status())
                    .isEqualTo(403);
            String ofBob = TokenGateway.bearer(gateway.token("bob", 600));
            assertThat(gateway.request("GET /v1/book/BTC-USD", ofBob).status()).isEqualTo(200);
            bob.send("{\"op\":\"ping\"}");
            while (!bob.read().text().contains("\"pong\"")) {
                assertThat(bob).isNotNull();
            }
        }
    }

    /** Welcomed. */
    private static RawWebSocket stream(TokenGateway gateway, String subject) throws Exception {
        RawWebSocket client = RawWebSocket.connect(gateway.port());
        client.write(RawWebSocket.handshake(TokenGateway.bearer(gateway.token(subject, 600)))
                .getBytes(UTF_8));
        if (!client.readHead().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("refused");
        }
        assertThat(client.read().text()).contains("\"welcome\"");
        return client;
    }
}
