package io.depthcast.behaviour;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.Side;
import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.StreamTerms;
import io.depthcast.http.RunningGateway;
import io.depthcast.market.FeedSettings;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encodings;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever clients do, and whatever the network does to them, they end with the feed's books. */
@NeedsSockets
@Timeout(300)
class MixedBehaviourTest {
    private static final int SEEDS = 200;
    private static final int EVENTS_PER_SECOND = 200;
    /** That one client of all books soon has a hundred updates more. */
    private static final int MANY_EVENTS_PER_SECOND = 4_000;

    private static final int CORRUPTIONS = 30;

    private RunningGateway gateway;
    private EventLoopGroup loops;
    private ClientContext context;
    private TcpProxy proxy;

    private void start(int eventsPerSecond) throws Exception {
        gateway = RunningGateway.start(
                eventsPerSecond, RunningGateway.limits(Map.of("commandsPerSecond", 1_000, "commandBurst", 10_000)));
        loops = ClientLoops.start();
        context = ClientContext.of(loops).withInstruments(gateway.instruments());
        proxy = new TcpProxy(loops, gateway.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
        ClientLoops.stop(loops);
        gateway.close();
    }

    private ClientSettings settings(int port) {
        return ClientSettings.of(ClientLoops.stream(port))
                .withBackoff(10, 100, 10_000)
                .withSilence(60_000);
    }

    @Test
    void shouldEndWithTheBooksOfTheFeedWhateverClientsDo() throws Exception {
        start(EVENTS_PER_SECOND);
        List<String> symbols = List.copyOf(gateway.instruments().keySet());
        List<MixedClient> clients = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            // Every other one through the proxy, which now and then cuts all it has.
            ClientSettings settings = settings(seed % 2 == 0 ? gateway.port() : proxy.port())
                    .withEncoding(seed % 8 < 6 ? Encodings.SBE : Encodings.JSON)
                    .withDeflate(seed % 4 < 2);
            MixedClient client = new MixedClient(seed, settings, context, symbols);
            clients.add(client);
            client.run();
            if (seed % 50 == 49) {
                proxy.cut();
            }
        }
        clients.forEach(MixedClient::awaitEnd);

        List<MixedClient.Held> held = new ArrayList<>();
        for (MixedClient client : clients) {
            held.addAll(client.held());
            client.close();
        }
        assertThat(held).hasSizeGreaterThan(SEEDS);
        assertThatTheFeedHad(EVENTS_PER_SECOND, held);
    }

    @Test
    void shouldMendWhatANetworkCorrupts() throws Exception {
        start(MANY_EVENTS_PER_SECOND);
        try (MixedClient client =
                new MixedClient(0, settings(proxy.port()).withDeflate(false), context, List.of("BTC-USD"))) {
            client.client.subscribe(Channel.BOOK, StreamTerms.book(10), "*");
            client.start().await(() -> client.client.provedCount() == 24);
            for (int i = 0; i < CORRUPTIONS; i++) {
                int before = client.updates();
                proxy.corrupt();
                client.await(() -> client.books.size() > before + 100 && client.client.provedCount() == 24);
            }
            awaitTwoMoreOfEachBook(client);
            assertThat(client.doubts.size() + client.disconnections.size()).isPositive();
            assertThatTheFeedHad(MANY_EVENTS_PER_SECOND, client.ask(() -> gateway.instruments().keySet().stream()
                    .map(symbol -> new MixedClient.Held(
                            0,
                            symbol,
                            client.client.book(symbol).version(),
                            client.client.book(symbol).bids(10),
                            client.client.book(symbol).asks(10)))
                    .toList()));
        }
    }

    /** No checksum is over a version: it is the next message that tells a wrong one, by the gap before it. */
    private static void awaitTwoMoreOfEachBook(MixedClient client) throws Exception {
        int before = client.updates();
        client.await(() -> client.client.provedCount() == 24
                && client.books.stream()
                                .skip(before)
                                .collect(groupingBy(BookMessage::instrumentId, counting()))
                                .values()
                                .stream()
                                .filter(count -> count >= 2)
                                .count()
                        == 24);
    }

    private static void assertThatTheFeedHad(int eventsPerSecond, List<MixedClient.Held> held) {
        FeedReplay replay = new FeedReplay(
                new FeedSettings(FeedSettings.SIMULATED, FeedSettings.DEFAULT_SEED, eventsPerSecond),
                held.get(0).version().epoch());
        List<MixedClient.Held> oldestFirst = new ArrayList<>(held);
        oldestFirst.sort(Comparator.comparingLong(book -> book.version().sequence()));
        for (MixedClient.Held book : oldestFirst) {
            replay.playTo(book.version().sequence());
            String name = "seed " + book.seed() + ", " + book.symbol() + " at " + book.version();
            assertThat(FeedReplay.text(book.bids()))
                    .as(name)
                    .isEqualTo(replay.best(book.symbol(), Side.BID, book.bids().count()));
            assertThat(FeedReplay.text(book.asks()))
                    .as(name)
                    .isEqualTo(replay.best(book.symbol(), Side.ASK, book.asks().count()));
        }
    }
}
