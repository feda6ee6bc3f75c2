package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static io.depthcast.http.RawWebSocket.protocol;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.Levels;
import io.depthcast.client.BookMessage;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.JsonDecoder;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.http.RunningGateway.HttpAnswer;
import io.depthcast.wire.Version;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Books with their prices gathered, in every encoding and on every way to a client. */
@Timeout(300)
@NeedsSockets
class GroupedBooksWireTest {
    private static final int BTC = 1;
    /** So quiet that a delta is shorter than the book even after seconds. */
    private static final int ALGO = 19;

    private static final int DEEPEST = 500;
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
    @ValueSource(strings = {"depthcast.v1.json", "depthcast.v1.sbe", "depthcast.v1.compact"})
    void shouldProveEveryBookOfAnInstrumentBesideTheOthers(String subprotocol) throws IOException {
        try (Follower client = Follower.open(gateway, protocol(subprotocol))) {
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":500"));
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":10,\"group\":\"10\""));
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":100,\"group\":\"10\""));
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":10,\"group\":\"1000\""));
            client.socket.send(subscription("book", "*", ",\"depth\":25,\"group\":\"5\""));
            for (int group : new int[] {1, 5, 10, 1_000}) {
                client.readUntil(() -> client.books.stream()
                                .filter(each -> each.group() == group && !each.isSnapshot())
                                .count()
                        > 20);
            }
            assertThat(client.provedBooks()).isEqualTo(24 + 4);
            // Who is behind may hear of the one before the other.
            client.readUntil(() -> client.book(BTC, 10, 10)
                    .bids(DEEPEST)
                    .equals(client.book(BTC, 100, 10).bids(10)));
            assertGathered(client);
        }
    }

    /** Where a deep book of the same version was heard, which holds whatever can come into the gathered one. */
    private static void assertGathered(Follower client) throws IOException {
        int[] compared = {0};
        while (compared[0] < 10) {
            ReaderOfBooks.heedTimeout();
            int before = client.books.size();
            client.readUntil(() -> client.books.size() > before);
            for (BookMessage each : List.copyOf(client.books.subList(before, client.books.size()))) {
                Follower.Sides deep = client.history(BTC)
                        .get(client.book(BTC, 10, 10).version().sequence());
                if (each.group() == 10 && each.depth() == 10 && deep != null) {
                    compared[0]++;
                    assertThat(client.book(BTC, 10, 10).bids(10)).isEqualTo(gathered(deep.bids(), true));
                    assertThat(client.book(BTC, 10, 10).asks(10)).isEqualTo(gathered(deep.asks(), false));
                }
            }
        }
    }

    private static Levels gathered(Levels side, boolean down) {
        NavigableMap<Long, Long> sizes = new TreeMap<>();
        for (int i = 0; i < side.count(); i++) {
            long price = side.priceTicks(i);
            long group = down ? Math.floorDiv(price, 10) * 10 : -Math.floorDiv(-price, 10) * 10;
            sizes.merge(down ? -group : group, side.sizeLots(i), Long::sum);
        }
        List<Long> prices = new ArrayList<>(sizes.keySet()).subList(0, Math.min(10, sizes.size()));
        return new Levels(
                prices.stream().mapToLong(price -> down ? -price : price).toArray(),
                prices.stream().mapToLong(sizes::get).toArray());
    }

    @Test
    void shouldResumeAGatheredBookWithADelta() throws IOException {
        Version held;
        try (Follower first = Follower.open(gateway, protocol(RawWebSocket.SBE))) {
            first.socket.send(subscription("book", "ALGO-USD", ",\"depth\":500,\"group\":\"2\""));
            first.readUntil(() -> first.books.size() > 5);
            held = first.book(ALGO, 500, 2).version();
        }
        try (Follower second = Follower.open(gateway)) {
            second.book(ALGO, 500, 2);
            second.socket.send(subscription(
                    "book",
                    "ALGO-USD",
                    ",\"depth\":500,\"group\":\"2\",\"resume\":{\"ALGO-USD\":\"" + held.format() + "\"}"));
            BookMessage answer = firstBook(second);
            assertThat(new Version(answer.epoch(), answer.previous())).isEqualTo(held);
            assertThat(List.of(answer.depth(), answer.group())).isEqualTo(List.of(500, 2));
        }
    }

    /** Without applying it: this client does not hold what the delta starts from. */
    private static BookMessage firstBook(Follower client) throws IOException {
        try {
            client.readUntil(() -> !client.books.isEmpty());
        } catch (AssertionError notHeld) {
            assertThat(client.books).hasSize(1);
        }
        return client.books.get(0);
    }

    @Test
    void shouldFollowAGatheredBookByLongPolls() throws IOException {
        ProvedBook followed = new ProvedBook();
        BookMessage last = polled("/v1/book/BTC-USD?depth=25&group=25", followed);
        assertThat(last.isSnapshot()).isTrue();
        int deltas = 0;
        for (int i = 0; i < 20 || deltas == 0; i++) {
            BookMessage next = polled(
                    "/v1/book/BTC-USD?depth=25&group=25&waitMillis=10000&since="
                            + followed.version().format(),
                    followed);
            assertThat(next.previous()).isIn(0L, last.sequence());
            deltas += next.isSnapshot() ? 0 : 1;
            last = next;
        }
        assertThat(deltas).isPositive();
        assertThat(followed.bids(25)).matches(bids -> bids.priceTicks(0) % 25 == 0 && bids.priceTicks(1) % 25 == 0);
    }

    private static BookMessage polled(String target, ProvedBook book) throws IOException {
        HttpAnswer answer = gateway.get(target);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<BookMessage> heard = new ArrayList<>();
        JsonDecoder decoder = new JsonDecoder(gateway.instruments()::get, new MarketListener() {
            @Override
            public void onBook(BookMessage message) {
                heard.add(message);
            }
        });
        assertThat(decoder.decode(Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8)))
                .isEqualTo(DecodeResult.DECODED);
        assertThat(book.apply(heard.get(0))).isEqualTo(ProvedBook.Outcome.APPLIED);
        return heard.get(0);
    }

    @Test
    void shouldSendAGatheredBookAsEventsAndGoOnFromTheLastId() throws IOException {
        String query = "channel=book&symbol=BTC-USD&depth=10&group=100";
        EventReader reader = EventReader.open(gateway, query);
        int deltas = 0;
        for (int i = 0; i < 10 || deltas == 0; i++) {
            EventReader before = reader;
            before.readUntil(() -> before.books.size() > 1);
            EventReader next = before.reopen(gateway, query);
            next.readUntil(() -> !next.books.isEmpty());
            BookMessage first = next.books.get(0);
            assertThat(List.of(first.depth(), first.group())).isEqualTo(List.of(10, 100));
            deltas += first.isSnapshot() ? 0 : 1;
            reader = next;
        }
        reader.close();
        assertThat(deltas).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/book/BTC-USD?group=3, bad-group",
        "/v1/book/BTC-USD?group=, bad-group",
        "/v1/book/BTC-USD?group=-10, bad-group",
        "/v1/book/BTC-USD?group=1e1, bad-group",
        "/v1/sse?channel=book&symbol=BTC-USD&group=3, bad-group",
        "/v1/sse?channel=book&symbol=BTC-USD&group=ten, bad-group",
        "/v1/sse?channel=bbo&symbol=BTC-USD&group=10, bad-request"
    })
    void shouldRefuseAGroupThatIsNoneByName(String target, String code) throws IOException {
        HttpAnswer answer = gateway.get(target);

        assertThat(answer.status() + answer.body())
                .startsWith("400{\"error\":{\"code\":\"" + code + "\"")
                .contains("group");
    }
}
