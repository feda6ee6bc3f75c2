package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.CandleInterval;
import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.StreamTerms;
import io.depthcast.http.RunningGateway;
import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Version;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsSockets
@Timeout(300)
class MarketClientTest {
    /** Most books change at each flush, and one that was away for seconds is still shorter told by what changed. */
    private static final int EVENTS_PER_SECOND = 2_000;

    private static RunningGateway gateway;
    private static EventLoopGroup loops;
    private static ClientContext context;

    @BeforeAll
    static void start() throws IOException {
        gateway = RunningGateway.start(EVENTS_PER_SECOND, RunningGateway.LIMITS);
        loops = ClientLoops.start();
        context = ClientContext.of(loops).withInstruments(gateway.instruments());
    }

    @AfterAll
    static void stop() {
        ClientLoops.stop(loops);
        gateway.close();
    }

    private static ClientSettings settings() {
        return ClientSettings.of(ClientLoops.stream(gateway.port())).withSilence(60_000);
    }

    static Stream<Arguments> encodings() {
        return Encodings.ALL.stream()
                .flatMap(encoding -> Stream.of(Arguments.of(encoding, true), Arguments.of(encoding, false)));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void shouldProveEveryBook(Encoding encoding, boolean deflate) throws Exception {
        try (TestClient client =
                new TestClient(settings().withEncoding(encoding).withDeflate(deflate), context)) {
            client.client.subscribe(Channel.BOOK, StreamTerms.book(25), "*");
            client.start().await(() -> client.books.size() >= 500 && client.client.provedCount() == 24);

            assertThat(client.ask(() -> client.client.bookCount())).isEqualTo(24);
            assertThat(client.doubts).isEmpty();
            // What is small goes plain in an encoding that says so.
            assertThat(client.deflatedMessages > 0).isEqualTo(deflate && encoding.leastDeflatedBytes() == 0);
            assertThat(client.ask(() -> client.client.book("BTC-USD").bids(25).count()))
                    .isBetween(1, 25);
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void shouldResumeEveryBookAfterTheConnectionWasCut(Encoding encoding, boolean deflate) throws Exception {
        try (TestClient client =
                new TestClient(settings().withEncoding(encoding).withDeflate(deflate), context)) {
            client.client.subscribe(Channel.BOOK, StreamTerms.book(100), "*");
            client.client.subscribe(Channel.BOOK, StreamTerms.book(500), "BTC-USD", "ETH-USD");
            client.start().await(() -> client.client.provedCount() == 24 && client.subscribed.size() == 2);
            client.await(() -> client.books.size() > 300);
            reconnectUntilSnapshotsAreFewerThan(10, client);

            assertThat(client.doubts).isEmpty();
            assertThat(client.ask(() -> client.client.book("BTC-USD").bidCount()))
                    .isGreaterThan(100);
            assertThat(client.disconnections).isNotEmpty().allMatch(each -> !each.isFinal() && each.code() == 1006);
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void shouldHoldGatheredBooksBesideOneAnotherAndResumeThem(Encoding encoding, boolean deflate) throws Exception {
        try (TestClient client =
                new TestClient(settings().withEncoding(encoding).withDeflate(deflate), context)) {
            client.client.subscribe(Channel.BOOK, StreamTerms.book(25), "*");
            client.client.subscribe(Channel.BOOK, StreamTerms.book(25, 10), "*");
            client.client.subscribe(Channel.BOOK, StreamTerms.book(500, 2), "BTC-USD");
            client.client.subscribe(Channel.BOOK, StreamTerms.book(10, 1_000), "BTC-USD");
            client.start().await(() -> client.client.provedCount() == 50 && client.books.size() > 300);
            client.client.unsubscribe(new BookChoice(10, 1_000), "BTC-USD");
            client.client.unsubscribe(new BookChoice(BookChoice.ANY, 10), "ALGO-USD");
            client.await(() -> client.client.bookCount() == 48);
            reconnectUntilSnapshotsAreFewerThan(48, client);

            assertThat(client.doubts).isEmpty();
            assertThat(client.ask(() -> client.client.book("ALGO-USD", 25, 10))).isNull();
            assertThat(client.ask(() -> client.client.book("ALGO-USD"))).isNotNull();
            assertThat(client.ask(() -> client.client.book("BTC-USD", 25, 10).bids(25)))
                    .matches(bids -> bids.count() > 0 && bids.priceTicks(0) % 10 == 0);
            assertThat(client.ask(() -> client.client.provedCount())).isEqualTo(48);
        }
    }

    /** The longer it was away, the more books are shorter told whole: on a busy machine the first time may be too long. */
    private static void reconnectUntilSnapshotsAreFewerThan(int most, TestClient client) throws Exception {
        long snapshots = most;
        while (snapshots >= most) {
            int welcomes = client.ask(client.welcomes::size);
            int before = client.ask(() -> {
                client.client.reconnect();
                return client.books.size();
            });
            client.await(() -> client.welcomes.size() > welcomes && client.books.size() > before + 500);
            snapshots = client.ask(() -> client.books.stream()
                    .skip(before)
                    .filter(BookMessage::isSnapshot)
                    .count());
        }
    }

    @Test
    void shouldFollowChangesOfTermsAndLeaveWhatIsNotWanted() throws Exception {
        try (TestClient client = new TestClient(settings(), context).start()) {
            client.client.subscribe(Channel.BOOK, StreamTerms.book(10), "*");
            client.await(() -> client.client.provedCount() == 24);
            client.client.unsubscribe(Channel.BOOK, "ALGO-USD");
            client.client.subscribe(Channel.BOOK, StreamTerms.book(100).every(40), "BTC-USD");
            client.await(() -> client.client.bookCount() == 23
                    && client.client.book("BTC-USD").bidCount() > 10);
            client.client.reconnect();
            client.await(() -> client.subscribed.size() >= 4 && client.client.bookCount() == 23);
            int before = client.updates();
            client.await(() -> client.books.size() > before + 200);

            assertThat(client.ask(() -> client.client.book("ALGO-USD"))).isNull();
            assertThat(client.ask(() -> client.client.book("BTC-USD").bidCount()))
                    .isGreaterThan(10);
            assertThat(client.doubts).isEmpty();
        }
    }

    @Test
    void shouldWantNoLongerWhatWasRefused() throws Exception {
        try (TestClient client = new TestClient(settings(), context).start()) {
            client.client.subscribe(Channel.BOOK, StreamTerms.book(10), "DOGE-EUR", "BTC-USD");
            client.client.subscribe(Channel.BOOK, StreamTerms.book(11), "ETH-USD");
            client.client.subscribe(Channel.CANDLES, StreamTerms.candles(CandleInterval.ONE_SECOND), "BTC-USD");
            client.await(() -> client.refusals.size() == 2 && client.subscribed.size() == 2);
            assertThat(client.refusals)
                    .extracting(each -> each.code() + " " + each.symbol())
                    .containsExactly("unknown-symbol DOGE-EUR", "bad-depth null");
            client.client.reconnect();
            client.await(() -> client.subscribed.size() == 4);
            assertThat(client.refusals).hasSize(2);
        }
    }

    @Test
    void shouldTellASnapshotFromAResync() throws Exception {
        try (TestClient client = new TestClient(settings(), context).start()) {
            client.client.subscribe(Channel.BOOK, StreamTerms.book(500), "ALGO-USD");
            client.await(() -> client.books.size() > 3);
            Version held = client.ask(() -> client.client.book("ALGO-USD").version());
            client.client.resync("ALGO-USD");
            client.await(
                    () -> client.books.stream().filter(BookMessage::isSnapshot).count() == 2);
            assertThat(client.books.get(client.books.size() - 1).sequence()).isGreaterThanOrEqualTo(held.sequence());
        }
    }

    @Test
    void shouldEndForGoodWhenClosed() throws Exception {
        TestClient client = new TestClient(settings(), context).start();
        client.await(() -> !client.welcomes.isEmpty());
        client.close();
        assertThat(client.disconnections).singleElement().matches(last -> last.isFinal() && last.code() == 1000);
    }
}
