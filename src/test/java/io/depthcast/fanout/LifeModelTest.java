package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Candle;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.client.BestBidOfferMessage;
import io.depthcast.feed.BatchDecoder;
import io.depthcast.feed.BatchEncoder;
import io.depthcast.feed.BatchReading;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.NaiveIntake;
import io.depthcast.feed.NaiveListing;
import io.depthcast.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A random life from end to end: instruments come, change their steps, halt and go; sources stop and come back with another book;
 * clients of all forms join, lag, and move between two nodes, of which one started later and reads the log as bytes. In the end
 * every client has what the sources told, and the nodes say the same versions, tapes and candles.
 */
class LifeModelTest {
    private static final int CLIENTS = 24;
    private static final int FLUSHES = 450;
    private static final int SECOND_NODE = 150;
    /** Some tens of the longest interval: who is behind gets its books in several messages, each at its time. */
    private static final int SETTLING_FLUSHES = 200;

    /** Of all seeds. */
    private static final Set<String> HAPPENED = new TreeSet<>();

    private final List<ModelNode> nodes = new ArrayList<>();
    private final List<LifeClient> clients = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTellEveryClientTheSameWhateverHappensAndWhereverItIs(long seed) {
        Random random = new Random(seed);
        NaiveIntake life = new NaiveIntake(new Random(random.nextLong()));
        start(life, random, 1_000);
        for (int i = 0; i < CLIENTS; i++) {
            Random own = new Random(random.nextLong());
            clients.add(
                    new LifeClient(own, nodes.get(0), symbol -> life.trades.getOrDefault(symbol, List.of()), HAPPENED));
        }
        for (int flush = 1; flush <= FLUSHES; flush++) {
            if (flush == SECOND_NODE) {
                start(life, random, nodes.get(0).bench.flushNumber());
            }
            step(life, random);
        }
        settle(life);
        HAPPENED.addAll(life.accepted);

        life.listings.forEach((symbol, naive) -> assertThatNodesAgree(naive, "seed " + seed + ", " + symbol));
        assertThat(nodes).allSatisfy(node -> assertThat(node.count()).isEqualTo(life.listings.size()));
        clients.forEach(client -> assertHolds(client, life));
        clients.forEach(LifeClient::leave);
        nodes.forEach(ModelNode::close);
    }

    @AfterAll
    static void shouldHaveMetEverything() {
        assertThat(HAPPENED)
                .contains("define", "define in other steps", "remove", "silence", "disconnected", "snapshot", "trade")
                .contains("gone", "in other steps", "removed", "halted", "stale", "open")
                .contains("resumed", "resumed at a node behind", "went on with a delta", "went on with a snapshot")
                .contains("nodes agree");
    }

    private void start(NaiveIntake life, Random random, long flush) {
        ModelNode node = new ModelNode(1 + random.nextInt(3), 2, flush);
        node.bench.replace(life.snapshot());
        nodes.add(node);
    }

    private void step(NaiveIntake life, Random random) {
        for (int events = random.nextInt(6); events >= 0; events--) {
            life.step();
        }
        tell(life, random);
        for (LifeClient client : clients) {
            client.act();
            if (random.nextInt(60) == 0) {
                client.move(nodes.get(random.nextInt(nodes.size())));
            }
        }
        nodes.forEach(ModelNode::flush);
        clients.forEach(LifeClient::checkStatuses);
        if (nodes.size() > 1
                && random.nextInt(20) == 0
                && nodes.stream().allMatch(node -> node.hasAll(life.snapshot()))) {
            life.listings.forEach((symbol, naive) -> assertThatNodesAgree(naive, symbol));
            HAPPENED.add("nodes agree");
        }
    }

    private void tell(NaiveIntake life, Random random) {
        EventBatch batch = life.take();
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).hear(i == 0 ? batch : carried(batch), random, life::snapshot);
            nodes.get(i).bench.disturb(random);
        }
    }

    /** As another node reads it from the log. */
    private static EventBatch carried(EventBatch batch) {
        byte[] bytes = new BatchEncoder().encode(batch, 1, "feed");
        BatchReading reading = new BatchDecoder().decode(bytes, 0, bytes.length, batch.createdNanos());
        return ((BatchReading.Read) reading).batch();
    }

    /** Everybody recovers, the sources tell all that they have once more, then a little, and fall silent. */
    private void settle(NaiveIntake life) {
        for (Runnable last : List.<Runnable>of(life::rouse, life::rouse, life::goOn)) {
            last.run();
            EventBatch batch = life.take();
            nodes.forEach(node -> node.catchUp(batch, life.snapshot()));
            for (int flush = 0; flush < SETTLING_FLUSHES; flush++) {
                clients.forEach(LifeClient::catchUp);
                nodes.forEach(ModelNode::flush);
            }
        }
    }

    private void assertThatNodesAgree(NaiveListing naive, String context) {
        InstrumentState first = nodes.get(0).state(naive.instrument.id());
        InstrumentState second = nodes.get(1).state(naive.instrument.id());
        assertThat(second.snapshot()).as(context).isEqualTo(first.snapshot());
        assertThat(first.levels(Side.BID)).as(context).isEqualTo(naive.levels(Side.BID));
    }

    private static void assertHolds(LifeClient client, NaiveIntake life) {
        Map<String, Object> told = new TreeMap<>();
        client.listed.forEach((symbol, listed) -> told.put(symbol, listed.instrument()));
        Map<String, Object> expected = new TreeMap<>();
        life.listings.forEach((symbol, naive) -> expected.put(symbol, naive.instrument));
        assertThat(told).isEqualTo(expected);
        assertThat(client.followedWhole()).isEqualTo(told.keySet());
        for (String symbol : client.followedAtAll()) {
            NaiveListing naive = Objects.requireNonNull(life.listings.get(symbol), "followed, but not listed");
            assertThat(client.listed.get(symbol).status()).as(symbol).isEqualTo(naive.status());
        }
        client.followed.forEach((channel, all) -> all.forEach((symbol, held) -> {
            NaiveListing naive = life.listings.get(symbol);
            InstrumentState state = client.node.state(naive.instrument.id());
            switch (channel) {
                case BOOK -> assertHolds(held, naive, state);
                case TRADES ->
                    assertThat(held.lastTrade).isEqualTo(life.trades.get(symbol).size());
                case BBO -> assertHolds(held.best, naive);
                default -> assertHolds(held.candles, naive);
            }
        }));
    }

    private static void assertHolds(LifeHoldings.Followed held, NaiveListing naive, InstrumentState state) {
        int depth = Integer.parseInt(held.view.replaceAll("\\D", ""));
        assertThat(List.of(held.book.bids(1_000), held.book.asks(1_000)))
                .isEqualTo(List.of(best(depth, naive, Side.BID), best(depth, naive, Side.ASK)));
        var book = state.book(depth);
        assertThat(held.book.version()).isEqualTo(new Version(book.epoch(), book.version()));
    }

    private static Levels best(int depth, NaiveListing naive, Side side) {
        return FanoutModelTest.best(depth, naive.levels(side));
    }

    private static void assertHolds(BestBidOfferMessage held, NaiveListing naive) {
        Levels bid = best(1, naive, Side.BID);
        Levels ask = best(1, naive, Side.ASK);
        assertThat(List.of(held.bidPriceTicks(), held.bidSizeLots(), held.askPriceTicks(), held.askSizeLots()))
                .isEqualTo(List.of(price(bid), size(bid), price(ask), size(ask)));
    }

    private static long price(Levels best) {
        return best.count() == 0 ? 0 : best.priceTicks(0);
    }

    private static long size(Levels best) {
        return best.count() == 0 ? 0 : best.sizeLots(0);
    }

    /** What it was told since it came is as it ended, the newest included. */
    private static void assertHolds(NavigableMap<Long, Candle> held, NaiveListing naive) {
        List<Candle> candles = naive.candles(held.values().iterator().next().interval());
        // What is older was told before the steps changed, and changed back before anybody heard of it.
        assertThat(candles)
                .containsAll(held.tailMap(candles.get(0).startMicros()).values());
        assertThat(held.values()).contains(candles.get(candles.size() - 1));
    }
}
