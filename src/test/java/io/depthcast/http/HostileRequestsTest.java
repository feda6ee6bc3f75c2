package io.depthcast.http;

import static io.depthcast.http.RawWebSocket.handshake;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.depthcast.HeardLog;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway.HttpAnswer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that once made stack traces, series without end, or meters that did not balance, beside clients that go on. */
@Timeout(300)
@NeedsSockets
class HostileRequestsTest {
    private static final int GOOD = 4;
    /** Of so many the series once were more than a scrape could tell. */
    private static final int INVENTED = 10_000;

    private HeardLog log;
    private RunningGateway gateway;
    private GoodClients good;

    @BeforeEach
    void start() throws IOException {
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
        good = GoodClients.connect(gateway.port(), gateway.instruments(), GOOD);
        log = HeardLog.ofAll(Level.INFO);
    }

    @AfterEach
    void stop() throws IOException {
        log.close();
        good.close();
        gateway.close();
    }

    @Test
    void shouldKeepItsSeriesWhateverMethodsPathsAndHostsThereAre() throws IOException {
        gateway.get("/v1/instruments");
        ask("BREW0", "/nope", "localhost");
        // An answer is counted a moment after it has come.
        while (!gateway.metrics().contains("code=\"501\"")) {
            good.keepUp();
        }
        long before = series();
        AtomicBoolean asking = new AtomicBoolean(true);
        // All the time: who reads now and then is slow, and shed.
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> good.keepUpWhile(asking::get));
        for (int i = 0; i < INVENTED; i++) {
            HttpAnswer answer = ask("BREW" + i, "/" + i, "h" + i);
            assertThat(answer.status()).isEqualTo(501);
        }
        asking.set(false);
        reading.join();
        good.keepUp();
        assertThat(series()).isLessThanOrEqualTo(before);
        assertThat(gateway.metrics()).doesNotContain("BREW");
    }

    /** Of HTTP and of refusals; others come with time. */
    private long series() throws IOException {
        return gateway.metrics()
                .lines()
                .filter(line -> line.startsWith("vertx_http") || line.startsWith("depthcast_refusals"))
                .count();
    }

    @Test
    void shouldBalanceItsMetersWhereHandshakesAreReset() throws IOException {
        double handshakes = gateway.metric("depthcast_handshakes_total{status=\"101\"}");
        double closes = closes();
        for (int i = 0; i < 200; i++) {
            RawWebSocket client = RawWebSocket.connect(gateway.port());
            client.write(handshake().getBytes(UTF_8));
            client.reset();
            if (i % 50 == 0) {
                good.keepUp();
            }
        }
        // Some may still wait to be accepted when the others are gone.
        while (gateway.metric("depthcast_sockets") > GOOD
                || gateway.metric("depthcast_connections") > GOOD
                || closes() - closes != gateway.metric("depthcast_handshakes_total{status=\"101\"}") - handshakes) {
            good.keepUp();
        }
        assertThat(gateway.metrics()).doesNotContainPattern("active_requests[^\n]* -");
        assertThatNothingWasAnError();
    }

    private double closes() throws IOException {
        return gateway.metrics()
                .lines()
                .filter(line -> line.startsWith("depthcast_closes_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
                .sum();
    }

    @Test
    void shouldAnswerOddHostsAndRangesWithoutAnError() throws IOException {
        for (String host : new String[] {"a b/c@d", "a,b", "[::1", "localhost:99999999", "a/b", "\"x\"", "a@b"}) {
            assertThat(ask("GET", "/docs/", host).status()).as(host).isEqualTo(400);
        }
        for (String host : new String[] {"localhost", "[::1]:8080", "127.0.0.1:", "a.b-c_d~e"}) {
            assertThat(ask("GET", "/docs/", host).status()).as(host).isEqualTo(200);
        }
        for (String range : new String[] {"bytes=9-5", "bytes=-", "bytes=99999999999-", "x", "bytes=0-0,1-1"}) {
            HttpAnswer answer = ask("GET", "/index.html", "localhost\r\nRange: " + range);
            assertThat(answer.status()).as(range).isEqualTo(200);
            assertThat(answer.body()).endsWith("</html>\n");
        }
        assertThat(RunningGateway.exchange(gateway.port(), handshake().replace("localhost", "a b/c@d"))
                        .status())
                .isEqualTo(400);
        good.keepUp();
        assertThatNothingWasAnError();
    }

    @Test
    void shouldSendNosniffWithEveryAnswer() throws IOException {
        for (String target : new String[] {
            "/", "/docs/", "/nope", "/v1/instruments", "/v1/book/BTC-USD", "/v1/book/NOPE", "/v1/stream", "/v1/sse?x"
        }) {
            assertThat(gateway.get(target).head()).as(target).containsIgnoringCase("X-Content-Type-Options: nosniff");
        }
    }

    @Test
    void shouldCountRefusalsOfEveryTransportAndSayOnceWhoWasRefused() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(RunningGateway.exchange(gateway.port(), handshake("Origin: https://evil.example"))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(gateway.get("/v1/sse?channel=book&symbol=NOPE").status()).isEqualTo(404);
        assertThat(gateway.metric("depthcast_refusals_total{reason=\"origin\",transport=\"websocket\"}"))
                .isEqualTo(5);
        assertThat(gateway.metric("depthcast_refusals_total{reason=\"unknown-symbol\",transport=\"sse\"}"))
                .isEqualTo(1);
        assertThat(log.lines())
                .filteredOn(line -> line.getMessage().equals("a client is refused"))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line.getKeyValuePairs().toString())
                        .contains("address=\"127.0.0.x\"", "transport=", "reason=", "more=\"0\""));
    }

    private HttpAnswer ask(String method, String target, String host) throws IOException {
        return RunningGateway.exchange(
                gateway.port(), method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private void assertThatNothingWasAnError() {
        assertThat(log.complaints()).isEmpty();
    }
}
