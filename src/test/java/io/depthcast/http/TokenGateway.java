package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.TestIssuer;
import io.depthcast.http.RunningGateway.HttpAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jose4j.lang.JoseException;

/** A gateway that asks for tokens, and whoever signs them. */
final class TokenGateway implements AutoCloseable {
    /** So much that a token may have ended longer ago than its grace. */
    private static final int LEEWAY_SECONDS = 60;

    private final TestIssuer issuer = TestIssuer.edwards("a");
    private final RunningGateway gateway;

    TokenGateway(Path folder) throws IOException, JoseException {
        gateway = RunningGateway.start(
                RunningGateway.QUIET, TestIssuer.settings(folder.resolve("keys.json"), LEEWAY_SECONDS, issuer));
    }

    int port() {
        return gateway.port();
    }

    int managementPort() {
        return gateway.managementPort();
    }

    double metric(String name) throws IOException {
        return gateway.metric(name);
    }

    String metrics() throws IOException {
        return gateway.metrics();
    }

    String token(String subject, long seconds) throws JoseException {
        return issuer.token(subject, Instant.now().getEpochSecond() + seconds);
    }

    String token(String subject, List<String> symbols, List<String> channels) throws JoseException {
        return issuer.token(subject, Instant.now().getEpochSecond() + 600, symbols, channels);
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    HttpAnswer request(String line, String... headers) throws IOException {
        String head =
                String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList());
        return RunningGateway.exchange(
                port(), line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + head + "\r\n");
    }

    static String code(HttpAnswer answer) {
        return answer.json().getJsonObject("error").getString("code");
    }

    String ticket(String token) throws IOException {
        HttpAnswer answer = request("POST /v1/tickets", bearer(token), "Content-Length: 0");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).containsIgnoringCase("cache-control: no-store");
        assertThat(answer.json().getInteger("expiresInSeconds")).isEqualTo(30);
        return answer.json().getString("ticket");
    }

    static String withTicket(String ticket) {
        return RawWebSocket.handshake().replace("/v1/stream", "/v1/stream?ticket=" + ticket);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
