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
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator keeps publishers out as it does clients: who tells prices now, and who wants to. */
@Timeout(300)
@NeedsSockets
class BlockedPublisherTest {
    private static final String DEFINE =
            "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}\n";

    @TempDir
    private Path folder;

    private final PublisherSockets sockets = new PublisherSockets();

    private RunningGateway gateway;
    private OperatorClient operator;

    @AfterEach
    void stop() {
        sockets.close();
        gateway.close();
    }

    private void start(RunningGateway started) {
        gateway = started;
        operator = new OperatorClient(started.managementPort());
    }

    @Test
    void shouldEndAndRefuseThePublishersOfAnAddressUntilItIsTakenBack() throws Exception {
        start(RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS));
        CompletableFuture<Integer> first = end(await(connect("one", "")));
        CompletableFuture<Integer> second = end(await(connect("two", "")));
        JsonObject block = operator.block(new JsonObject().put("address", "127.0.0.0/8"));
        assertThat(block.getInteger("publishersClosed")).isEqualTo(2);
        assertThat(block.getInteger("closed")).isZero();
        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(1008);

        assertThat(code(post(""))).isEqualTo("403 blocked");
        assertThatThrownBy(() -> await(connect("one", "")))
                .hasRootCauseInstanceOf(UpgradeRejectedException.class)
                .hasRootCauseMessage("WebSocket upgrade failure: 403");
        assertThat(gateway.metric("depthcast_refusals_total{reason=\"blocked\",transport=\"publish\"}"))
                .isEqualTo(2);

        assertThat(operator.send("DELETE", "/blocks/" + block.getInteger("id"), "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(post("").status()).isEqualTo(200);
        assertThat(await(connect("one", "")).isClosed()).isFalse();
    }

    @Test
    void shouldEndAndRefuseWhoeverShowsTokensOfASubjectAndNobodyElse() throws Exception {
        TestIssuer issuer = TestIssuer.edwards("a");
        start(RunningGateway.start(RunningGateway.QUIET, TestIssuer.settings(folder.resolve("keys.json"), 1, issuer)));
        String alice = token(issuer, "alice");
        String bob = token(issuer, "bob");
        CompletableFuture<Integer> ofAlice = end(await(connect("one", alice)));
        CompletableFuture<String> heardByBob = new CompletableFuture<>();
        WebSocket ofBob = await(connect("two", bob));
        ofBob.textMessageHandler(heardByBob::complete);
        assertThat(operator.block(new JsonObject().put("subject", "alice")).getInteger("publishersClosed"))
                .isEqualTo(1);
        assertThat(ofAlice.get(60, TimeUnit.SECONDS)).isEqualTo(1008);
        assertThat(code(post(alice))).isEqualTo("403 blocked");

        await(ofBob.writeTextMessage(DEFINE));
        assertThat(heardByBob.get(60, TimeUnit.SECONDS)).contains("published");
        assertThat(code(post("Authorization: Bearer x.y.z\r\n"))).isEqualTo("401 bad-token");
    }

    @Test
    void shouldCutABodyThatGoesOn() throws Exception {
        start(RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.ingestPort())) {
            socket.setSoTimeout(60_000);
            String head = head("", "Transfer-Encoding: chunked");
            write(socket, head + chunk(DEFINE));
            while (!gateway.get("/v1/instruments").body().contains("ACME")) {
                ReaderOfBooks.heedTimeout();
            }
            operator.block(new JsonObject().put("address", "127.0.0.0/8"));
            write(socket, chunk("{\"op\":\"heartbeat\"}\n"));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("\"blocked\"");
        }
    }

    private static CompletableFuture<Integer> end(WebSocket socket) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        socket.closeHandler(closed -> code.complete((int) socket.closeStatusCode()));
        return code;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String code(HttpAnswer answer) {
        return answer.status() + " " + answer.json().getJsonObject("error").getString("code");
    }

    private static String token(TestIssuer issuer, String subject) throws JoseException {
        Map<String, Object> claims = TestIssuer.claims(subject, Instant.now().getEpochSecond() + 600);
        claims.put("publish", List.of("ACME"));
        return "Authorization: Bearer " + issuer.sign(claims) + "\r\n";
    }

    private Future<WebSocket> connect(String source, String header) {
        return sockets.connect(
                gateway.ingestPort(),
                source,
                header.substring(header.indexOf(' ') + 1).trim());
    }

    private HttpAnswer post(String header) throws IOException {
        return RunningGateway.exchange(
                gateway.ingestPort(), head(header, "Content-Length: " + DEFINE.length()) + DEFINE);
    }

    private static String head(String header, String length) {
        return "POST /v1/publish?source=curl HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header
                + "Content-Type: application/x-ndjson\r\n" + length + "\r\n\r\n";
    }
}
