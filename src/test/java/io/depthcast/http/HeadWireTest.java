package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway.HttpAnswer;
import io.depthcast.metrics.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HEAD wherever there is GET, and what pages of other origins are told. */
@Timeout(300)
@NeedsSockets
class HeadWireTest {
    private static RunningGateway gateway;

    @TempDir
    private static Path pages;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(pages.resolve("own.html"), "<p>own");
        gateway = RunningGateway.start(
                RunningGateway.QUIET, new PageSettings(Origins.parse("https://*.a.example"), pages.toString()));
        // It is once the feed is heard.
        while (gateway.ready().status() != 200) {
            ReaderOfBooks.heedTimeout();
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** A target for each route at least, and what GET answers it: the status, and the type if there is a body. */
    private static final String[] TARGETS = {
        "/, 200, text/html",
        "/icon.svg, 200, image/svg+xml",
        "/dashboard/main.js, 200, text/javascript",
        "/webjars/uplot/dist/uPlot.min.css, 200, text/css",
        "/client/v1/depthcast.js, 200, text/javascript",
        "/pages/own.html, 200,",
        "/docs, 301,",
        "/docs/, 200, text/html",
        "/docs/protocol.html, 200, text/html",
        "/docs/client.html, 200, text/html",
        "/docs/feeds.html, 200, text/html",
        "/docs/binance.html, 200, text/html",
        "/docs/operations.html, 200, text/html",
        "/docs/architecture.html, 200, text/html",
        "/docs/glossary.html, 200, text/html",
        "/docs/decisions.html, 200, text/html",
        "/docs/performance.html, 200, text/html",
        "/docs/figures.html, 200, text/html",
        "/docs/openapi.yaml, 200, application/yaml",
        "/docs/depthcast-sbe.xml, 200, application/xml",
        "/v1/instruments, 200, application/json",
        "/v1/book/BTC-USD, 200, application/json",
        "/v1/book/BTC-USD?group=10, 200, application/json",
        "/v1/trades/BTC-USD, 200, application/json",
        "/v1/candles/BTC-USD, 200, application/json",
        "/v1/ticker/BTC-USD, 200, application/json",
        "/v1/tickers, 200, application/json",
        "/v1/stream, 426, application/json",
        "/v1/sse?channel=bbo&symbol=BTC-USD, 200, text/event-stream",
        "/v1/book/NOPE, 404, application/json",
        "/v1/book/BTC-USD?depth=7, 400, application/json",
        "/v1/sse, 400, application/json",
        "/binance/ws, 426, application/json",
        "/binance/ws/btcusd@trade, 426, application/json",
        "/binance/stream?streams=btcusd@trade, 426, application/json",
        "/binance/api/v3/ping, 200, application/json",
        "/binance/api/v3/time, 200, application/json",
        "/binance/api/v3/exchangeInfo, 200, application/json",
        "/binance/api/v3/depth?symbol=BTCUSD, 200, application/json",
        "/binance/api/v3/trades?symbol=BTCUSD, 200, application/json",
        "/binance/api/v3/aggTrades?symbol=BTCUSD, 200, application/json",
        "/binance/api/v3/klines?symbol=BTCUSD&interval=1m, 200, application/json",
        "/binance/api/v3/ticker/24hr?symbol=BTCUSD, 200, application/json",
        "/binance/api/v3/ticker/price, 200, application/json",
        "/binance/api/v3/ticker/bookTicker, 200, application/json",
        "/nope, 404, application/json"
    };

    private static final String[] MANAGEMENT_TARGETS = {
        "/, 200, text/html",
        "/icon.svg, 200, image/svg+xml",
        "/management.js, 200, text/javascript",
        "/livez, 200, application/json",
        "/readyz, 200, application/json",
        "/metrics, 200, text/plain",
        "/connections, 200, application/json",
        "/connections?rung=fast, 400, application/json",
        "/connections/counts, 200, application/json",
        "/streams, 200, application/json",
        "/blocks, 200, application/json",
        "/drain, 200, application/json",
        "/nope, 404, application/json"
    };

    static String[] targets() {
        return TARGETS;
    }

    static String[] managementTargets() {
        return MANAGEMENT_TARGETS;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldAnswerHeadAsGetWithoutABody(String row) throws IOException {
        String target = row.split(",", -1)[0];
        checkHead(row, ask("HEAD", target, ""));
        if (!target.startsWith("/v1/sse?")) {
            assertThat(ask("GET", target, "").status()).as(target).isEqualTo(status(row));
        }
    }

    @ParameterizedTest
    @MethodSource("managementTargets")
    void shouldAnswerHeadOfTheManagementPort(String row) throws IOException {
        for (String method : new String[] {"HEAD", "GET"}) {
            String request =
                    method + " " + row.split(",", -1)[0] + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            HttpAnswer answer = RunningGateway.exchange(gateway.managementPort(), request);
            // A loop on a busy machine may answer a probe too late.
            while (answer.status() == 503) {
                answer = RunningGateway.exchange(gateway.managementPort(), request);
            }
            assertThat(answer.status()).as(row).isEqualTo(status(row));
            if (method.equals("HEAD")) {
                checkHead(row, answer);
            }
        }
    }

    @Test
    void shouldAnswerHeadOfTheIngestPort() throws IOException {
        String request = "HEAD /v1/publish?source=desk HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        checkHead("/v1/publish, 426, application/json", RunningGateway.exchange(gateway.ingestPort(), request));
    }

    private static int status(String row) {
        return Integer.parseInt(row.split(",", -1)[1].trim());
    }

    private static void checkHead(String row, HttpAnswer head) {
        assertThat(head.status()).as(row).isEqualTo(status(row));
        String[] columns = row.split(",", -1);
        if (!columns[2].isBlank()) {
            assertThat(head.head()).containsIgnoringCase("content-type: " + columns[2].trim());
        }
        assertThat(head.body()).isEmpty();
    }

    /** So that no route is forgotten, here or where routes are made. */
    @Test
    void shouldHaveATargetForEachRouteOfThePublicPort() throws ReflectiveOperationException {
        checkRoutes(gateway.routes(), TARGETS);
    }

    @Test
    void shouldHaveATargetForEachRouteOfTheManagementPort() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            ManagementSetup setup = new ManagementSetup(
                    new HttpSettings("127.0.0.1", 0),
                    ManagementAccess.DEFAULT,
                    PrometheusRegistry.create(),
                    List::of,
                    List::of,
                    List.of(),
                    new IdleOperator());
            checkRoutes(new ManagementRoutes(vertx, setup, List.of()).router().getRoutes(), MANAGEMENT_TARGETS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    private static void checkRoutes(List<Route> routes, String[] targets) {
        int answering = 0;
        for (Route route : routes) {
            if (route.methods() != null && route.methods().contains(HttpMethod.GET)) {
                answering++;
                assertThat(route.methods()).as(route.getPath()).contains(HttpMethod.HEAD);
                String path = route.getPath().replaceAll(":[a-z]+", "[^/]+");
                Pattern pattern = Pattern.compile(path + (route.isExactPath() ? "" : ".*"));
                assertThat(targets).as(route.getPath()).anyMatch(row -> pattern.matcher(row.split("[,?]", -1)[0])
                        .matches());
            }
        }
        assertThat(answering).isGreaterThan(8);
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
