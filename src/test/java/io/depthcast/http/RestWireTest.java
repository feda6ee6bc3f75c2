package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.client.BookMessage;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.JsonDecoder;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.http.RunningGateway.HttpAnswer;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Books over plain HTTP. */
@NeedsSockets
@Timeout(300)
class RestWireTest {
    private static final int BTC = 1;

    private static RunningGateway busy;
    private static RunningGateway quiet;

    @BeforeAll
    static void start() {
        busy = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
        quiet = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        busy.close();
        quiet.close();
    }

    @Test
    void shouldGiveTheBookThatTheStreamHasAtThatVersion() throws IOException {
        try (Follower client = Follower.open(busy)) {
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":25"));
            client.readUntil(() -> client.books.size() > 3);
            int compared = 0;
            while (compared < 20) {
                ProvedBook asked = new ProvedBook();
                BookMessage snapshot = book(busy, "/v1/book/BTC-USD?depth=25", asked);
                client.readUntil(() -> client.sequence() >= snapshot.sequence());
                // Two loops need not be given the same flushes.
                Follower.Sides same = client.history(BTC).get(snapshot.sequence());
                if (same != null) {
                    compared++;
                    assertThat(new Follower.Sides(asked.bids(500), asked.asks(500)))
                            .isEqualTo(same);
                }
            }
        }
    }

    @Test
    void shouldFollowABookByLongPolls() throws IOException {
        ProvedBook followed = new ProvedBook();
        BookMessage last = book(busy, "/v1/book/ETH-USD?depth=100", followed);
        for (int i = 0; i < 50; i++) {
            BookMessage next = book(
                    busy,
                    "/v1/book/ETH-USD?depth=100&waitMillis=10000&since="
                            + followed.version().format(),
                    followed);
            assertThat(next.previous()).isIn(0L, last.sequence());
            last = next;
        }
    }

    @Test
    void shouldTellAtOnceWhatHasChangedAlsoToOneWhoDoesNotWait() throws IOException {
        ProvedBook held = new ProvedBook();
        BookMessage old = book(busy, "/v1/book/BTC-USD?depth=25", held);
        try (Follower client = Follower.open(busy)) {
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":25"));
            client.readUntil(() -> client.books.size() > 3 && client.sequence() > old.sequence());
        }
        BookMessage delta =
                book(busy, "/v1/book/BTC-USD?depth=25&since=" + held.version().format(), held);
        assertThat(delta.sequence()).isGreaterThan(old.sequence());
    }

    @Test
    void shouldAnswer204WhenNothingChangesWithinTheWait() throws IOException {
        ProvedBook held = new ProvedBook();
        BookMessage unused = book(quiet, "/v1/book/PAXG-USD?depth=10", held);
        assertThat(unused.isSnapshot()).isTrue();
        HttpAnswer answer = poll(held);
        while (answer.status() == 200) {
            apply(quiet, answer, held);
            answer = poll(held);
        }
        assertThat(answer.status() + answer.body()).isEqualTo("204");
    }

    private static HttpAnswer poll(ProvedBook held) throws IOException {
        return quiet.get("/v1/book/PAXG-USD?depth=10&waitMillis=50&since="
                + held.version().format());
    }

    @Test
    void shouldAnswerInGzipToWhoTakesIt() throws IOException {
        byte[] plain = bytes(busy, "/v1/book/BTC-USD?depth=100", "Accept-Encoding: br, gzip;q=0");
        byte[] packed = bytes(busy, "/v1/book/BTC-USD?depth=100", "Accept-Encoding: br, gzip");
        assertThat(new String(plain, UTF_8)).startsWith("{\"type\":\"snapshot\"");
        assertThat(packed).hasSizeLessThan(plain.length);
        ProvedBook book = new ProvedBook();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(apply(busy, new HttpAnswer(200, "", new String(in.readAllBytes(), UTF_8)), book)
                            .isSnapshot())
                    .isTrue();
        }
    }

    private static byte[] bytes(RunningGateway gateway, String target, String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header;
            socket.getOutputStream().write((request + "\r\n\r\n").getBytes(UTF_8));
            byte[] answer = socket.getInputStream().readAllBytes();
            int headEnd = new String(answer, ISO_8859_1).indexOf("\r\n\r\n");
            assertThat(new String(answer, 0, headEnd, ISO_8859_1).toLowerCase(Locale.ROOT))
                    .contains("vary: accept-encoding");
            return Arrays.copyOfRange(answer, headEnd + 4, answer.length);
        }
    }

    @Test
    void shouldAnswerPollsOfOneConnectionInTheirOrder() throws IOException {
        ProvedBook held = new ProvedBook();
        BookMessage old = book(busy, "/v1/book/BTC-USD?depth=10", held);
        String since = "/v1/book/BTC-USD?depth=10&waitMillis=10000&since=";
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            requests.append(request(
                    i % 2 == 0 ? since + held.version().format() : "/v1/trades/BTC-USD?limit=" + i, "X-Any: 1"));
        }
        requests.append(request("/v1/book/DOGE-EUR", "Connection: close"));
        String answers;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), busy.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(requests.toString().getBytes(UTF_8));
            answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
        List<String> bodies = Pattern.compile("\r\n\r\n(\\{\"\\w+\":(\"\\w+\"|\\{))")
                .matcher(answers)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(bodies).hasSize(51).last().isEqualTo("{\"error\":{");
        for (int i = 0; i < 50; i++) {
            assertThat(bodies.get(i)).matches(i % 2 == 0 ? ".*(delta|snapshot)\"" : ".*trades\"");
        }
        assertThat(old.isSnapshot()).isTrue();
    }

    private static String request(String target, String header) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n";
    }

    @Test
    void shouldGiveASnapshotToWhoHoldsAnUnknownVersion() throws IOException {
        String unknown = "/v1/book/BTC-USD?depth=25&waitMillis=60000&since=1795363200000000:812";
        assertThat(book(quiet, unknown, new ProvedBook()).isSnapshot()).isTrue();
    }

    @Test
    void shouldAnswerWhoStillWaitsWhenTheGatewayGoes() throws Exception {
        RunningGateway going = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
        List<RawWebSocket> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                ProvedBook held = new ProvedBook();
                BookMessage unused = book(going, "/v1/book/PAXG-USD?depth=10", held);
                assertThat(unused.isSnapshot()).isTrue();
                RawWebSocket poller = RawWebSocket.connect(going.port());
                String poll = "/v1/book/PAXG-USD?depth=10&waitMillis=60000&since="
                        + held.version().format();
                String head = "HEAD /docs/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
                poller.write((head + request(poll, "X-Any: 1")).getBytes(UTF_8));
                // The gateway begins with the poll before it sends this answer off.
                assertThat(poller.readHead()).startsWith("HTTP/1.1 200 ");
                waiting.add(poller);
            }
        } finally {
            going.close();
        }
        for (RawWebSocket poller : waiting) {
            assertThat(poller.readHead()).matches("(?s)HTTP/1.1 20[04] .*");
            poller.close();
        }
    }

    @Test
    void shouldGiveHistories() throws IOException {
        assertThat(busy.get("/v1/trades/BTC-USD?limit=5").body()).startsWith("{");
        assertThat(busy.get("/v1/candles/BTC-USD?interval=1s&limit=5").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/book/DOGE-EUR                       | 404 | unknown-symbol",
                "/v1/book/BTC-USD?depth=7                | 400 | bad-depth",
                "/v1/book/BTC-USD?since=yesterday        | 400 | bad-request",
                "/v1/book/BTC-USD?since=1:1&waitMillis=-1 | 400 | bad-request",
                "/v1/book/BTC-USD?since=1:1&waitMillis=60001 | 400 | bad-request",
                "/v1/trades/BTC-USD?limit=0              | 400 | bad-request",
                "/v1/trades/DOGE-EUR                     | 404 | unknown-symbol",
                "/v1/candles/BTC-USD?interval=2m         | 400 | bad-interval",
                "/v1/nothing                             | 404 | not-found",
                "/v1/book/%3Cscript%3E                   | 404 | unknown-symbol",
                "/v1/book/%ZZ                            | 400 | bad-request",
                "/v1/book/BTC-USD?depth=%ZZ              | 400 | bad-request",
                "/v1/book/BTC-USD?depth=%                | 400 | bad-request",
                "/v1/book/%FF                            | 404 | unknown-symbol",
                "/%2e%2e/%2e%2e/etc/passwd               | 404 | not-found",
                "/docs/../../conf/gateway.yaml           | 404 | not-found",
                "*                                       | 400 | bad-request",
                "v1/instruments                          | 400 | bad-request",
                "http://other/v1/book/DOGE-EUR           | 404 | unknown-symbol",
                "/v1/book/BTC-USD?since=0:0&depth=       | 400 | bad-depth",
            })
    void shouldRefuseInJson(String target, int status, String code) throws IOException {
        HttpAnswer answer = quiet.get(target);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getJsonObject("error").getString("code")).isEqualTo(code);
        assertThat(answer.json().getJsonObject("error").getString("reason"))
                .isNotBlank()
                .doesNotContain("<");
    }

    private static BookMessage book(RunningGateway gateway, String target, ProvedBook book) throws IOException {
        HttpAnswer answer = gateway.get(target);
        assertThat(answer.status()).as(target).isEqualTo(200);
        return apply(gateway, answer, book);
    }

    private static BookMessage apply(RunningGateway gateway, HttpAnswer answer, ProvedBook book) throws IOException {
        BookMessage[] heard = new BookMessage[1];
        MarketListener listener = new MarketListener() {
            @Override
            public void onBook(BookMessage message) {
                heard[0] = message;
            }
        };
        assertThat(new JsonDecoder(gateway.instruments()::get, listener)
                        .decode(Unpooled.copiedBuffer(answer.body(), UTF_8)))
                .isEqualTo(DecodeResult.DECODED);
        assertThat(book.apply(heard[0])).isEqualTo(ProvedBook.Outcome.APPLIED);
        return heard[0];
    }
}
