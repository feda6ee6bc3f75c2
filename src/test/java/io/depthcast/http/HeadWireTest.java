package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway.HttpAnswer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HEAD wherever there is GET, and what pages of other origins are told. */
@Timeout(60)
@NeedsSockets
class HeadWireTest {
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(
                RunningGateway.QUIET, new PageSettings(Origins.parse("https://*.a.example"), PageSettings.NO_PAGES));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200, text/html",
        "/icon.svg, 200, image/svg+xml",
        "/dashboard/main.js, 200, text/javascript",
        "/webjars/uplot/dist/uPlot.min.css, 200, text/css",
        "/client/v1/depthcast.js, 200, text/javascript",
        "/docs/, 200, text/html",
        "/docs/client.html, 200, text/html",
        "/docs/openapi.yaml, 200, application/yaml",
        "/docs/depthcast-sbe.xml, 200, application/xml",
        "/v1/instruments, 200, application/json",
        "/v1/book/BTC-USD, 200, application/json",
        "/v1/book/BTC-USD?group=10, 200, application/json",
        "/v1/trades/BTC-USD, 200, application/json",
        "/v1/candles/BTC-USD, 200, application/json",
        "/v1/ticker/BTC-USD, 200, application/json",
        "/v1/tickers, 200, application/json",
        "/v1/sse?channel=bbo&symbol=BTC-USD, 200, text/event-stream",
        "/v1/book/NOPE, 404, application/json",
        "/v1/book/BTC-USD?depth=7, 400, application/json",
        "/v1/sse, 400, application/json",
        "/nope, 404, application/json"
    })
    void shouldAnswerHeadAsGetWithoutABody(String target, int status, String contentType) throws IOException {
        HttpAnswer head = ask("HEAD", target, "");

        assertThat(head.status()).as(target).isEqualTo(status);
        assertThat(head.head()).containsIgnoringCase("content-type: " + contentType);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/livez", "/metrics", "/connections"})
    void shouldAnswerHeadOfTheManagementPort(String target) throws IOException {
        String request = "HEAD " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        HttpAnswer head = RunningGateway.exchange(gateway.managementPort(), request);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/instruments",
        "/v1/book/BTC-USD",
        "/v1/book/NOPE",
        "/v1/sse?channel=bbo&symbol=BTC-USD",
        "/v1/stream",
        "/client/v1/depthcast.js",
        "/docs/openapi.yaml",
        "/docs/"
    })
    void shouldLetPagesOfListedOriginsReadAndTellCachesSo(String target) throws IOException {
        HttpAnswer allowed = ask("HEAD", target, "Origin: https://app.a.example\r\n");
        assertThat(allowed.head())
                .containsIgnoringCase("access-control-allow-origin: https://app.a.example")
                .containsIgnoringCase("vary: origin");
        HttpAnswer other = ask("HEAD", target, "Origin: https://b.example\r\n");
        assertThat(other.head())
                .doesNotContainIgnoringCase("access-control-allow-origin")
                .containsIgnoringCase("vary: origin");
        assertThat(ask("HEAD", target, "").head()).containsIgnoringCase("vary: origin");

        HttpAnswer preflight =
                ask("OPTIONS", target, "Origin: https://app.a.example\r\nAccess-Control-Request-Method: GET\r\n");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.head())
                .containsIgnoringCase("access-control-max-age: 600")
                .containsIgnoringCase("access-control-allow-headers: authorization, last-event-id, x-mbx-apikey");
    }

    @Test
    void shouldLetPagesOfListedOriginsReadEvents() throws IOException {
        try (EventReader reader = EventReader.open(
                gateway, "channel=bbo&symbol=BTC-USD", "Origin: https://app.a.example", EventReader.GZIP)) {
            reader.readUntil(() -> reader.messages > 0);
            assertThat(reader.head)
                    .containsIgnoringCase("access-control-allow-origin: https://app.a.example")
                    .containsIgnoringCase("vary: origin")
                    .containsIgnoringCase("vary: accept-encoding");
        }
    }

    @ParameterizedTest
    @CsvSource({"42", "'a:b'", "some-id-of-another-server", "1:2:3"})
    void shouldStartAfreshForAnIdOfAnotherServer(String id) throws IOException {
        try (EventReader reader =
                EventReader.open(gateway, "channel=book&symbol=BTC-USD&depth=10", "Last-Event-ID: " + id)) {
            reader.readUntil(() -> !reader.books.isEmpty());
            assertThat(reader.head).startsWith("HTTP/1.1 200 ");
            assertThat(reader.books.get(0).isSnapshot()).isTrue();
        }
    }

    private static HttpAnswer ask(String method, String target, String headers) throws IOException {
        return RunningGateway.exchange(
                gateway.port(),
                method + " " + target + " HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n" + headers
                        + "Connection: close\r\n\r\n");
    }
}
