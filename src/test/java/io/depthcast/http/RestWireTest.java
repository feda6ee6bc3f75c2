package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.client.BookMessage;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.JsonDecoder;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.http.RunningGateway.HttpAnswer;
import io.depthcast.session.LimitSettings;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Books over plain HTTP. */
@Timeout(120)
class RestWireTest {
    private static final int BTC = 1;

    private static RunningGateway busy;
    private static RunningGateway quiet;

    @BeforeAll
    static void start() {
        busy = RunningGateway.start(RunningGateway.BUSY, LimitSettings.DEFAULT);
        quiet = RunningGateway.start(RunningGateway.QUIET, LimitSettings.DEFAULT);
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
            for (int i = 0; i < 20; i++) {
                ProvedBook asked = new ProvedBook();
                BookMessage snapshot = book(busy, "/v1/book/BTC-USD?depth=25", asked);
                assertThat(snapshot.isSnapshot()).isTrue();
                client.readUntil(() -> client.sequence() >= snapshot.sequence());
                assertThat(client.history(BTC).floorEntry(snapshot.sequence()).getValue())
                        .isEqualTo(new Follower.Sides(asked.bids(500), asked.asks(500)));
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
    void shouldGiveHistories() throws IOException {
        JsonObject trades = busy.get("/v1/trades/BTC-USD?limit=5").json();
        assertThat(trades.encode()).startsWith("{");
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
