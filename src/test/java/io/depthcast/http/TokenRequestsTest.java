package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.depthcast.HeardLog;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway.HttpAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests, event streams and tickets of a gateway that asks for tokens, and what it writes of them into its log. */
@NeedsSockets
@Timeout(300)
class TokenRequestsTest {
    private static HeardLog log;
    private static TokenGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        log = HeardLog.ofAll(Level.DEBUG);
        gateway = new TokenGateway(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        log.close();
    }

    @Test
    void shouldTakeATicketOnce() throws Exception {
        String ticket = gateway.ticket(gateway.token("ticket", 600));
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(TokenGateway.withTicket(ticket).getBytes(UTF_8));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        }
        HttpAnswer again = RunningGateway.exchange(gateway.port(), TokenGateway.withTicket(ticket));
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body()).doesNotContain(ticket);
    }

    @Test
    void shouldListAndServeOverHttpWhatTheTokenAllows() throws Exception {
        String token = TokenGateway.bearer(gateway.token("rest", List.of("BTC-*"), List.of("book", "bbo")));
        JsonArray listed = gateway.request("GET /v1/instruments", token).json().getJsonArray("instruments");
        assertThat(listed.stream().map(each -> ((JsonObject) each).getString("symbol")))
                .isNotEmpty()
                .allMatch(symbol -> symbol.startsWith("BTC-"));
        assertThat(gateway.request("GET /v1/book/BTC-USD", token).status()).isEqualTo(200);
        for (String forbidden : List.of(
                "/v1/book/ETH-USD",
                "/v1/trades/BTC-USD",
                "/v1/candles/BTC-USD",
                "/v1/sse?channel=book&symbol=ETH-USD",
                "/v1/sse?channel=trades&symbol=*")) {
            HttpAnswer answer = gateway.request("GET " + forbidden, token);
            assertThat(answer.status()).as(forbidden).isEqualTo(403);
            assertThat(TokenGateway.code(answer)).isEqualTo("not-entitled");
        }
        for (String path : List.of("/v1/instruments", "/v1/book/BTC-USD", "/v1/sse?channel=book&symbol=BTC-USD")) {
            assertThat(gateway.request("GET " + path).status()).as(path).isEqualTo(401);
        }
        assertThat(gateway.request("GET /").status()).isEqualTo(200);
    }

    @Test
    void shouldStreamEventsToWhoShowsATicket() throws Exception {
        String ticket = gateway.ticket(gateway.token("events", List.of("BTC-USD"), List.of("bbo")));
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(("GET /v1/sse?channel=bbo&symbol=*&ticket=" + ticket + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(UTF_8));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            assertThat(client.readTo("\"symbol\":")).isNotEmpty();
            assertThat(client.readTo(",")).isEqualTo("\"BTC-USD\",");
        }
    }

    @Test
    void shouldKeepATicketThatWasShownWithABadQuery() throws Exception {
        String ticket = gateway.ticket(gateway.token("ann", 600));
        for (String query : List.of("channel=nope&symbol=BTC-USD", "channel=book&symbol=NOPE", "channel=book")) {
            assertThat(gateway.request("GET /v1/sse?" + query + "&ticket=" + ticket)
                            .status())
                    .as(query)
                    .isIn(400, 404);
        }
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(TokenGateway.withTicket(ticket).getBytes(UTF_8));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void shouldEndEventsWithTheToken() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(("GET /v1/sse?channel=bbo&symbol=* HTTP/1.1\r\nHost: localhost\r\n"
                            + TokenGateway.bearer(gateway.token("over", -30)) + "\r\n\r\n")
                    .getBytes(UTF_8));
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            while (!client.isEnded()) {
                assertThat(client).isNotNull();
            }
        }
    }

    @Test
    void shouldWriteNoTokenAndNoTicketIntoTheLogOrTheMetrics() throws Exception {
        String good = gateway.token("quiet", 600);
        String bad = good.substring(0, good.length() - 8) + "AAAAAAAA";
        String ticket = gateway.ticket(good);
        for (String secret : List.of(good, bad)) {
            gateway.request("GET /v1/instruments", TokenGateway.bearer(secret));
            gateway.request("GET /v1/nothing", TokenGateway.bearer(secret));
            gateway.request("GET /v1/sse?channel=x", TokenGateway.bearer(secret));
            RunningGateway.exchange(
                    gateway.port(),
                    RawWebSocket.handshake(TokenGateway.bearer(secret), "Origin: https://evil.example"));
        }
        try (RawWebSocket client =
                RawWebSocket.open(gateway.port(), RawWebSocket.protocol("bearer." + good + ", depthcast.v1.json"))) {
            client.send("{\"op\":\"auth\",\"token\":\"" + bad + "\"}");
            assertThat(client.closeCode()).isEqualTo(4500);
        }
        RunningGateway.exchange(gateway.port(), TokenGateway.withTicket(ticket).replace("Key: d", "Key: !"));
        RunningGateway.exchange(gateway.port(), TokenGateway.withTicket(ticket + "x"));

        String seen = gateway.metrics() + String.join("\n", logged());
        assertThat(logged()).isNotEmpty();
        assertThat(seen).doesNotContain(good, bad, ticket, good.substring(good.lastIndexOf('.') + 1));
    }

    private static List<String> logged() {
        return log.lines().stream().map(TokenRequestsTest::text).toList();
    }

    private static String text(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null
                ? ""
                : event.getThrowableProxy().getMessage();
        return event.getFormattedMessage() + event.getKeyValuePairs() + thrown;
    }
}
