package io.depthcast.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.Trade;
import io.depthcast.client.BookMessage;
import io.depthcast.http.RunningGateway.HttpAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server-sent events as bytes, against a running gateway. */
@NeedsSockets
@Timeout(300)
class SseWireTest {
    private static final int BTC = 1;
    private static final String BOOK = "channel=book&symbol=BTC-USD&depth=100";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: text/event-stream", EventReader.GZIP})
    void shouldGiveTheBookThatTheWebSocketHasAtThatVersion(String header) throws IOException {
        try (Follower follower = Follower.open(gateway);
                EventReader reader = EventReader.open(gateway, BOOK, header)) {
            follower.socket.send(Follower.subscription("book", "BTC-USD", ",\"depth\":100"));
            int compared = 0;
            while (compared < 20) {
                int before = reader.books.size();
                reader.readUntil(() -> reader.books.size() > before);
                follower.readUntil(() -> follower.sequence() >= reader.sequence());
                // Two loops need not be given the same flushes.
                Follower.Sides same = follower.history(BTC).get(reader.sequence());
                if (same != null) {
                    compared++;
                    assertThat(new Follower.Sides(
                                    reader.book(BTC).bids(500), reader.book(BTC).asks(500)))
                            .isEqualTo(same);
                }
            }
            assertThat(reader.head.contains("Content-Encoding: gzip")).isEqualTo(header.equals(EventReader.GZIP));
            assertThat(reader.head)
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Content-Type: text/event-stream", "no-store", "X-Accel-Buffering: no");
            assertThat(reader.lastId).isEqualTo(reader.book(BTC).version().format());
            assertThat(reader.retryMillis).isBetween(1_000L, 5_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: text/event-stream", EventReader.GZIP})
    void shouldGoOnWithADeltaFromTheLastId(String header) throws IOException {
        EventReader reader = EventReader.open(gateway, BOOK, header);
        int deltas = 0;
        for (int i = 0; i < 20 || deltas == 0; i++) {
            EventReader before = reader;
            before.readUntil(() -> before.books.size() > 1);
            EventReader next = before.reopen(gateway, BOOK, header);
            next.readUntil(() -> !next.books.isEmpty());
            BookMessage first = next.books.get(0);
            assertThat(first.previous()).isIn(0L, before.sequence());
            deltas += first.isSnapshot() ? 0 : 1;
            reader = next;
        }
        reader.close();
        assertThat(deltas).isPositive();
    }

    @Test
    void shouldGoOnWithADeltaAlsoBesideOtherStreams() throws IOException {
        String query = "channel=book&channel=trades&channel=bbo&symbol=BTC-USD&depth=500";
        EventReader reader = EventReader.open(gateway, query);
        int deltas = 0;
        for (int i = 0; i < 10 || deltas == 0; i++) {
            EventReader before = reader;
            before.readUntil(() -> before.books.size() > 1 && before.lastId.endsWith(":" + before.sequence()));
            EventReader next = before.reopen(gateway, query);
            next.readUntil(() -> !next.books.isEmpty());
            deltas += next.books.get(0).isSnapshot() ? 0 : 1;
            reader = next;
        }
        reader.close();
        assertThat(deltas).isPositive();
    }

    @Test
    void shouldMissNoTradeAcrossReconnects() throws IOException {
        String query = "channel=trades&symbol=BTC-USD";
        List<Long> ids = new ArrayList<>();
        EventReader reader = EventReader.open(gateway, query, EventReader.GZIP);
        for (int i = 0; i < 10; i++) {
            EventReader now = reader;
            now.readUntil(() -> now.trades.size() > 2);
            now.trades.forEach(message -> {
                assertThat(message.missed()).isZero();
                message.trades().stream().map(Trade::id).forEach(ids::add);
            });
            reader = now.reopen(gateway, query, EventReader.GZIP);
        }
        reader.close();
        for (int i = 1; i < ids.size(); i++) {
            assertThat(ids.get(i)).isEqualTo(ids.get(0) + i);
        }
    }

    @Test
    void shouldStartSeveralBooksWithSnapshots() throws IOException {
        String query = "channel=book&symbol=BTC-USD&symbol=ETH-USD&symbol=SOL-USD&depth=25";
        EventReader reader = EventReader.open(gateway, query);
        reader.readUntil(() -> reader.provedBooks() == 3 && !reader.lastId.isEmpty());
        try (EventReader next = reader.reopen(gateway, query)) {
            Set<Integer> seen = new HashSet<>();
            next.readUntil(() -> next.books.size() > 10);
            for (BookMessage message : next.books) {
                assertThat(message.isSnapshot() || seen.contains(message.instrumentId()))
                        .isTrue();
                seen.add(message.instrumentId());
            }
        }
    }

    @Test
    void shouldStreamEverythingToWhoAsksForIt() throws IOException {
        int instruments = gateway.instruments().size();
        String query = "channel=book&channel=bbo&channel=trades&channel=candles&symbol=*&interval=1s&depth=10";
        try (EventReader reader = EventReader.open(gateway, query, EventReader.GZIP)) {
            reader.readUntil(() -> reader.provedBooks() == instruments && !reader.trades.isEmpty());
        }
    }

    @Test
    void shouldKeepToTheInterval() throws IOException {
        try (EventReader slow = EventReader.open(gateway, BOOK + "&intervalMillis=1000");
                EventReader fast = EventReader.open(gateway, BOOK)) {
            slow.readUntil(() -> slow.books.size() > 3);
            fast.readUntil(() -> fast.sequence() >= slow.sequence());
            assertThat(fast.books).hasSizeGreaterThan(2 * slow.books.size());
        }
    }

    @Test
    void shouldEncodeAndDeflateOnceForAll() throws IOException {
        List<EventReader> readers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            EventReader reader = EventReader.open(gateway, BOOK + "&intervalMillis=100", EventReader.GZIP);
            reader.readUntil(() -> !reader.books.isEmpty());
            readers.add(reader);
        }
        double encodingsBefore = work("encodings");
        double deflationsBefore = work("deflations");
        Set<String> made = new HashSet<>();
        int taken = 0;
        // In turn, so that nobody gets behind whom the others would have to wait for.
        for (int i = 1; i <= 50; i++) {
            int enough = i;
            for (EventReader reader : readers) {
                reader.readUntil(() -> reader.books.size() >= enough);
            }
        }
        for (EventReader reader : readers) {
            taken += reader.messages;
            reader.books.forEach(book -> made.add(book.previous() + ":" + book.sequence()));
        }
        double encodings = work("encodings") - encodingsBefore;
        double deflations = work("deflations") - deflationsBefore;
        for (EventReader reader : readers) {
            reader.close();
        }
        // What the last reader's wait for its 50th added, and the heartbeats, nobody counts; they are few.
        assertThat(made.size()).isLessThan(taken / 10);
        assertThat(encodings).isLessThan(taken / 4.0);
        assertThat(deflations).isLessThan(taken / 4.0);
    }

    private static double work(String what) throws IOException {
        return gateway.metric("depthcast_" + what + "_total{encoding=\"json\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/sse?channel=book&symbol=DOGE-EUR                 | 404 | unknown-symbol",
                "/v1/sse?channel=book&symbol=BTC-USD&symbol=DOGE-EUR  | 404 | unknown-symbol",
                "/v1/sse?channel=book&symbol=BTC-USD&depth=7          | 400 | bad-depth",
                "/v1/sse?channel=book&symbol=BTC-USD&depth=many       | 400 | bad-request",
                "/v1/sse?channel=news&symbol=BTC-USD                  | 400 | unknown-channel",
                "/v1/sse?channel=candles&symbol=BTC-USD               | 400 | bad-interval",
                "/v1/sse?channel=candles&symbol=BTC-USD&interval=2m   | 400 | bad-interval",
                "/v1/sse?channel=bbo&symbol=BTC-USD&depth=10          | 400 | bad-request",
                "/v1/sse?channel=bbo&symbol=BTC-USD&interval=1m       | 400 | bad-request",
                "/v1/sse?channel=bbo&symbol=BTC-USD&intervalMillis=-1 | 400 | bad-interval",
                "/v1/sse?channel=bbo&symbol=BTC-USD&intervalMillis=60001 | 400 | bad-interval",
                "/v1/sse?channel=bbo&symbol=*&symbol=BTC-USD          | 400 | bad-request",
                "/v1/sse?channel=bbo                                  | 400 | bad-request",
                "/v1/sse?symbol=BTC-USD                               | 400 | bad-request",
                "/v1/sse                                              | 400 | bad-request",
                "/v1/sse?channel=bbo&symbol=                          | 400 | bad-request",
                "/v1/sse?channel=bbo&symbol=BTC-USD&lastEventId=812   | 400 | bad-request",
                "/v1/sse?channel=bbo&symbol=%3Cscript%3E              | 404 | unknown-symbol",
            })
    void shouldRefuseInJsonBeforeAnythingIsStreamed(String target, int status, String code) throws IOException {
        HttpAnswer answer = gateway.get(target);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getJsonObject("error").getString("code")).isEqualTo(code);
        assertThat(answer.json().getJsonObject("error").getString("reason"))
                .isNotBlank()
                .doesNotContain("<");
    }

    @Test
    void shouldTakeTheIdFromAParameterAsWell() throws IOException {
        String trades = "channel=trades&symbol=BTC-USD";
        EventReader reader = EventReader.open(gateway, trades);
        reader.readUntil(() -> !reader.trades.isEmpty());
        reader.close();
        try (EventReader next = EventReader.open(gateway, trades + "&lastEventId=" + reader.lastId)) {
            next.readUntil(() -> !next.trades.isEmpty());
            long first = next.trades.get(0).trades().get(0).id();
            assertThat(reader.lastId).endsWith(":" + (first - 1));
        }
    }

    @Test
    void shouldAnswerHeadWithoutAStreamAndOtherMethodsNot() throws IOException {
        String rest = " /v1/sse?" + BOOK + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        HttpAnswer head = RunningGateway.exchange(gateway.port(), "HEAD" + rest);
        assertThat(head.status() + head.body()).isEqualTo("200");
        assertThat(head.head()).containsIgnoringCase("content-type: text/event-stream");
        assertThat(RunningGateway.exchange(gateway.port(), "POST" + rest).status())
                .isEqualTo(405);
    }

    @Test
    void shouldServeOldClientsAndIgnoreWhatFollowsTheRequest() throws IOException {
        try (RawWebSocket old = RawWebSocket.connect(gateway.port())) {
            String request = "GET /v1/sse?" + BOOK + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
            old.write((request + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + "x".repeat(10_000)).getBytes(US_ASCII));
            assertThat(old.readHead()).startsWith("HTTP/1.1 200 ").doesNotContain("chunked");
            assertThat(old.readTo("\n\n")).startsWith("retry: ");
            assertThat(old.readTo("\n\n")).contains("data: {\"type\":");
        }
    }
}
