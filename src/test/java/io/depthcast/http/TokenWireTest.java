package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway.HttpAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that asks for tokens, over real sockets. */
@NeedsSockets
@Timeout(300)
class TokenWireTest {
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"id\":1,\"channel\":\"bbo\",\"symbols\":[\"*\"]}";
    private static TokenGateway gateway;

    private final List<RawWebSocket> clients = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        gateway = new TokenGateway(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void closeClients() throws IOException {
        for (RawWebSocket client : clients) {
            client.close();
        }
    }

    private RawWebSocket open(String... headers) throws IOException {
        RawWebSocket client = RawWebSocket.open(gateway.port(), headers);
        clients.add(client);
        return client;
    }

    private static void readTo(RawWebSocket client, String part) throws IOException {
        String text = client.read(ClientFrames.TEXT).text();
        while (!text.contains(part)) {
            text = client.read(ClientFrames.TEXT).text();
        }
    }

    @Test
    void shouldTakeATokenInTheHeader() throws Exception {
        RawWebSocket client = open(TokenGateway.bearer(gateway.token("header", 600)));
        client.send(SUBSCRIBE);
        assertThat(client.readReply().getString("op")).isEqualTo("subscribed");
    }

    @Test
    void shouldTakeATokenAmongTheSubprotocolsAndSelectAnother() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(RawWebSocket.handshake(
                            RawWebSocket.protocol("bearer." + gateway.token("entry", 600) + ", " + RawWebSocket.SBE))
                    .getBytes(UTF_8));
            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Sec-WebSocket-Protocol: depthcast.v1.sbe")
                    .doesNotContain("bearer");
        }
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(RawWebSocket.handshake(RawWebSocket.protocol("bearer." + gateway.token("entry", 600)))
                    .getBytes(UTF_8));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ").doesNotContain("Sec-WebSocket-Protocol");
        }
    }

    @Test
    void shouldRefuseWhoShowsNothingOrTooMuchOrSomethingBad() throws Exception {
        String good = gateway.token("refused", 600);
        HttpAnswer nothing = RunningGateway.exchange(gateway.port(), RawWebSocket.handshake());
        assertThat(nothing.status()).isEqualTo(401);
        assertThat(nothing.head()).containsIgnoringCase("www-authenticate: Bearer");
        assertThat(TokenGateway.code(nothing)).isEqualTo("no-token");
        for (String bad : List.of(
                RawWebSocket.handshake(TokenGateway.bearer(gateway.token("refused", -120))),
                RawWebSocket.handshake(TokenGateway.bearer("x.y.z")),
                RawWebSocket.handshake("Authorization: Basic YTpi"),
                RawWebSocket.handshake(TokenGateway.bearer(good), RawWebSocket.protocol("bearer." + good)),
                RawWebSocket.handshake(TokenGateway.bearer(good), TokenGateway.bearer(good)),
                TokenGateway.withTicket("guess"))) {
            HttpAnswer answer = RunningGateway.exchange(gateway.port(), bad);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(TokenGateway.code(answer)).isEqualTo("bad-token");
        }
        assertThat(gateway.metric("depthcast_tokens_refused_total{reason=\"several\"}"))
                .isEqualTo(2);
        assertThat(gateway.metric("depthcast_handshakes_total{status=\"401\"}")).isEqualTo(7);
    }

    @Test
    void shouldRefuseThePageOfAnotherOrigin() throws Exception {
        String token = TokenGateway.bearer(gateway.token("page", 600));
        HttpAnswer foreign =
                RunningGateway.exchange(gateway.port(), RawWebSocket.handshake(token, "Origin: https://evil.example"));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(TokenGateway.code(foreign)).isEqualTo("origin");
        open(token, "Origin: http://localhost");
    }

    @Test
    void shouldWarnOfTheEndOfATokenAndTakeAFreshOne() throws Exception {
        RawWebSocket client = open(TokenGateway.bearer(gateway.token("renewed", 30)));
        client.send(SUBSCRIBE);
        readTo(client, "\"code\":\"token-expiring\"");
        client.send("{\"op\":\"auth\",\"id\":6,\"token\":\"" + gateway.token("renewed", 600) + "\"}");
        readTo(client, "\"op\":\"authenticated\"");
    }

    @Test
    void shouldCloseWhoseTokenHasEnded() throws Exception {
        assertThat(open(TokenGateway.bearer(gateway.token("ended", -30))).closeCode())
                .isEqualTo(4004);
    }

    @Test
    void shouldCloseWhoShowsABadTokenLater() throws Exception {
        RawWebSocket client = open(TokenGateway.bearer(gateway.token("later", 600)));
        client.send("{\"op\":\"auth\",\"token\":\"" + gateway.token("another", 600) + "\"}");
        assertThat(client.closeCode()).isEqualTo(4500);
    }

    @Test
    void shouldCloseWhomAFreshTokenLeavesNothing() throws Exception {
        RawWebSocket client = open(TokenGateway.bearer(gateway.token("less", 600)));
        client.send(SUBSCRIBE);
        client.send("{\"op\":\"auth\",\"token\":\"" + gateway.token("less", List.of(), List.of("bbo")) + "\"}");
        assertThat(client.closeCode()).isEqualTo(4501);
    }

    @Test
    void shouldHoldASubjectToItsConnectionsOfWhateverKind() throws Exception {
        String token = gateway.token("many", 600);
        for (int i = 0; i < 10; i++) {
            open(TokenGateway.bearer(token));
        }
        assertThat(open(TokenGateway.bearer(token)).closeCode()).isEqualTo(4502);
        HttpAnswer events = gateway.request("GET /v1/sse?channel=bbo&symbol=*", TokenGateway.bearer(token));
        assertThat(events.status()).isEqualTo(429);
        assertThat(TokenGateway.code(events)).isEqualTo("too-many-connections");
        open(TokenGateway.bearer(gateway.token("other", 600)));

        clients.get(0).close();
        boolean free = false;
        while (!free) {
            RawWebSocket next = open(TokenGateway.bearer(token));
            next.send(SUBSCRIBE);
            free = next.read().text().contains("welcome");
        }
    }
}
