package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static io.depthcast.http.RawWebSocket.extensions;
import static io.depthcast.http.RawWebSocket.protocol;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.Candle;
import io.depthcast.book.Trade;
import io.depthcast.client.BestBidOfferMessage;
import io.depthcast.client.BookMessage;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.TradesMessage;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.Version;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four channels through both encodings, deflated and plain, from a running gateway to proved books. */
@NeedsSockets
@Timeout(300)
class StreamWireTest {
    private static final int BTC = 1;
    private static final int ALGO = 19;

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
    @CsvSource(
            delimiter = '|',
            value = {
                "depthcast.v1.json | x                                              | 25",
                "depthcast.v1.sbe  | x                                              | 25",
                "depthcast.v1.json | permessage-deflate                             | 500",
                "depthcast.v1.sbe  | permessage-deflate                             | 500",
                "depthcast.v1.json | permessage-deflate; server_max_window_bits=12  | 100",
                "depthcast.v1.sbe  | permessage-deflate; server_max_window_bits=12  | 10",
                "depthcast.v1.compact | x                                           | 25",
                "depthcast.v1.compact | permessage-deflate                          | 500",
                "depthcast.v1.compact | permessage-deflate; server_max_window_bits=12 | 100",
            })
    void shouldProveEveryBookAtEveryUpdate(String subprotocol, String extensions, int depth) throws IOException {
        try (Follower client = Follower.open(gateway, protocol(subprotocol), extensions(extensions))) {
            client.socket.send(subscription("book", "*", ",\"depth\":" + depth));
            client.readUntil(() -> client.books.size() >= 500);

            assertThat(client.provedBooks()).isEqualTo(24);
            assertThat(client.books.stream().filter(BookMessage::isSnapshot).count())
                    .isGreaterThanOrEqualTo(24);
            // Compact has nothing that would shrink.
            boolean shrinks = !extensions.equals("x") && !subprotocol.equals("depthcast.v1.compact");
            assertThat(client.deflated > 0).isEqualTo(shrinks);
            for (int id = 1; id <= 24; id++) {
                assertThat(client.book(id).bidCount()).isBetween(1, depth);
                assertThat(client.book(id).askCount()).isBetween(1, depth);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RawWebSocket.JSON, RawWebSocket.SBE})
    void shouldSendAllFourChannels(String subprotocol) throws IOException {
        try (Follower client = Follower.open(gateway, protocol(subprotocol))) {
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":10"));
            client.socket.send(subscription("bbo", "BTC-USD", ""));
            client.socket.send(subscription("trades", "BTC-USD", ""));
            client.socket.send(subscription("candles", "BTC-USD", ",\"interval\":\"1s\""));
            client.readUntil(() -> client.bestBidOffers.size() > 100
                    && client.trades.size() > 20
                    && client.candles.stream().filter(Candle::closed).count() >= 2
                    && client.heartbeats.contains(FeedStatus.LIVE));

            assertThat(client.arrays > 0).isEqualTo(subprotocol.equals(RawWebSocket.JSON));
            client.bestBidOffers.forEach(each -> assertAgrees(each, client));
            assertThatNoTradeIsMissing(client.trades);
            assertThatCandlesFollow(client.candles);
        }
    }

    private static void assertAgrees(BestBidOfferMessage best, Follower client) {
        Follower.Sides sides = client.history(BTC).get(best.sequence());
        if (sides != null) {
            assertThat(List.of(best.bidPriceTicks(), best.bidSizeLots(), best.askPriceTicks(), best.askSizeLots()))
                    .isEqualTo(List.of(
                            sides.bids().priceTicks(0),
                            sides.bids().sizeLots(0),
                            sides.asks().priceTicks(0),
                            sides.asks().sizeLots(0)));
        }
        assertThat(best.bidPriceTicks()).isLessThan(best.askPriceTicks());
    }

    private static void assertThatNoTradeIsMissing(List<TradesMessage> messages) {
        Map<Integer, Long> last = new HashMap<>();
        for (TradesMessage message : messages) {
            Long before = last.get(message.instrumentId());
            long expected = before == null ? message.trades().get(0).id() : before + 1 + message.missed();
            for (Trade trade : message.trades()) {
                assertThat(trade.id()).isEqualTo(expected++);
            }
            last.put(message.instrumentId(), expected - 1);
        }
    }

    private static void assertThatCandlesFollow(List<Candle> candles) {
        Set<Long> closed = new HashSet<>();
        long start = 0;
        for (Candle candle : candles) {
            assertThat(candle.startMicros()).isGreaterThanOrEqualTo(start);
            assertThat(closed).doesNotContain(candle.startMicros());
            assertThat(candle.highTicks()).isGreaterThanOrEqualTo(candle.lowTicks());
            start = candle.startMicros();
            if (candle.closed()) {
                closed.add(start);
            }
        }
    }

    @Test
    void shouldResumeAfterAReconnectWithADelta() throws IOException {
        Version held;
        try (Follower first = Follower.open(gateway, protocol(RawWebSocket.SBE))) {
            first.socket.send(subscription("book", "ALGO-USD", ",\"depth\":500"));
            first.readUntil(() -> first.books.size() > 5);
            held = first.book(ALGO).version();
        }
        try (Follower second = Follower.open(gateway)) {
            ProvedBook anew = second.book(ALGO);
            assertThat(anew.version()).isNull();
            second.socket.send(subscription(
                    "book", "ALGO-USD", ",\"depth\":500,\"resume\":{\"ALGO-USD\":\"" + held.format() + "\"}"));
            BookMessage answer = firstBook(second);
            assertThat(new Version(answer.epoch(), answer.previous())).isEqualTo(held);
        }
    }

    @Test
    void shouldAnswerAnUnknownVersionWithASnapshot() throws IOException {
        try (Follower client = Follower.open(gateway)) {
            client.socket.send(subscription("book", "BTC-USD", ",\"resume\":{\"BTC-USD\":\"1:1\"}"));
            client.readUntil(() -> !client.books.isEmpty());
            assertThat(client.books.get(0).isSnapshot()).isTrue();
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
    void shouldSendASnapshotWhenAskedToResync() throws IOException {
        try (Follower client = Follower.open(gateway)) {
            client.socket.send(subscription("book", "ALGO-USD", ",\"depth\":500"));
            client.readUntil(() -> client.books.size() > 3);
            assertThat(client.books.stream().filter(BookMessage::isSnapshot)).hasSize(1);
            client.socket.send(
                    "{\"op\":\"resync\",\"channel\":\"book\",\"symbols\":[\"ALGO-USD\"],\"why\":\"checksum\"}");
            client.readUntil(
                    () -> client.books.stream().filter(BookMessage::isSnapshot).count() == 2);
            int snapshots = client.books.size();
            client.readUntil(() -> client.books.size() > snapshots + 3);
        }
    }

    @Test
    void shouldChangeDepthInPlace() throws IOException {
        try (Follower client = Follower.open(gateway)) {
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":500"));
            client.readUntil(() -> client.books.size() > 3);
            client.socket.send(subscription("book", "BTC-USD", ",\"depth\":10"));
            client.readUntil(() -> client.books.get(client.books.size() - 1).isSnapshot() && client.books.size() > 3);
            int changed = client.books.size();
            client.readUntil(() -> client.books.size() > changed + 10);
            assertThat(client.book(BTC).bidCount()).isEqualTo(10);
            assertThat(client.book(BTC).askCount()).isEqualTo(10);
        }
    }
}
