package io.depthcast.http;

import static io.depthcast.http.PublisherSockets.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.NeedsSockets;
import io.depthcast.auth.TestIssuer;
import io.depthcast.http.RunningGateway.HttpAnswer;
import io.vertx.core.Future;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishers who have to show a token: its claim {@code publish} is all that they may tell. */
@Timeout(300)
@NeedsSockets
class PublishTokenWireTest {
    private static final String DEFINE =
            "{\"op\":\"define\",\"symbol\":\"SYMBOL\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}\n";

    @TempDir
    private Path folder;

    private final PublisherSockets sockets = new PublisherSockets();

    private TestIssuer issuer;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws IOException, JoseException {
        issuer = TestIssuer.edwards("a");
        gateway =
                RunningGateway.start(RunningGateway.QUIET, TestIssuer.settings(folder.resolve("keys.json"), 1, issuer));
    }

    @AfterEach
    void stop() {
        sockets.close();
        gateway.close();
    }

    @Test
    void shouldTakeWhatTheClaimListsAndNothingElse() throws Exception {
        String token = token(600, List.of("ACME", "BOLT-*"));
        String lines = DEFINE.replace("SYMBOL", "ACME")
                + DEFINE.replace("SYMBOL", "BOLT-USD")
                + DEFINE.replace("SYMBOL", "CRAB");
        HttpAnswer answer = post(lines, "Authorization: Bearer " + token + "\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInteger("accepted")).isEqualTo(2);
        assertThat(answer.body()).contains("{\"line\":3,\"code\":\"not-entitled\"");
    }

    @Test
    void shouldRefuseWhoHasNoTokenOrMayTellNothing() throws Exception {
        assertThat(code(post(DEFINE, ""))).isEqualTo("401 no-token");
        assertThat(code(post(DEFINE, "Authorization: Bearer x.y.z\r\n"))).isEqualTo("401 bad-token");
        for (Object claim : new Object[] {null, List.of()}) {
            assertThat(code(post(DEFINE, "Authorization: Bearer " + token(600, claim) + "\r\n")))
                    .isEqualTo("403 not-entitled");
        }
        assertThatThrownBy(() -> await(connect(null)))
                .hasRootCauseInstanceOf(UpgradeRejectedException.class)
                .hasRootCauseMessage("WebSocket upgrade failure: 401");
    }

    @Test
    void shouldCloseThePublisherWhoseTokenExpires() throws Exception {
        WebSocket socket = await(connect(token(3, List.of("ACME"))));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        socket.closeHandler(closed -> heard.add("closed " + socket.closeStatusCode()));
        socket.textMessageHandler(heard::add);
        await(socket.writeTextMessage(DEFINE.replace("SYMBOL", "ACME")));
        await(socket.writeTextMessage(DEFINE.replace("SYMBOL", "CRAB")));
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("{\"op\":\"published\",\"through\":1}");
        assertThat(heard.poll(60, TimeUnit.SECONDS)).contains("\"object\":2,\"code\":\"not-entitled\"");
        String last = heard.poll(60, TimeUnit.SECONDS);
        while (last != null && !last.startsWith("closed")) {
            last = heard.poll(60, TimeUnit.SECONDS);
        }
        assertThat(last).isEqualTo("closed 4004");
    }

    private static String code(HttpAnswer answer) {
        return answer.status() + " " + answer.json().getJsonObject("error").getString("code");
    }

    /** @param publish null leaves the claim out */
    private String token(long seconds, Object publish) throws JoseException {
        Map<String, Object> claims =
                TestIssuer.claims("publisher", Instant.now().getEpochSecond() + seconds);
        if (publish != null) {
            claims.put("publish", publish);
        }
        return issuer.sign(claims);
    }

    private Future<WebSocket> connect(String token) {
        return sockets.connect(gateway.ingestPort(), "desk", token == null ? "" : "Bearer " + token);
    }

    private HttpAnswer post(String lines, String header) throws IOException {
        return RunningGateway.exchange(
                gateway.ingestPort(),
                "POST /v1/publish?source=desk HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header
                        + "Content-Type: application/x-ndjson\r\nContent-Length: " + lines.length() + "\r\n\r\n"
                        + lines);
    }
}
