package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Levels;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedFeed;
import io.depthcast.session.Announcements;
import io.depthcast.session.SessionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated market through shards, loops and sessions to clients, while all that can go wrong does. */
class FanoutModelTest {
    private static final int CLIENTS = 30;
    private static final int LOOPS = 3;
    private static final int FLUSHES = 150;
    /** Some tens of the longest interval: who is behind gets its books in several messages, each at its time. */
    private static final int SETTLING_FLUSHES = 400;

    private static final long START_MICROS = 1_795_363_200_000_000L;

    private final Map<String, SessionContext> contexts = new TreeMap<>();
    private final List<ModelClient> clients = new ArrayList<>();
    private long nowMicros = START_MICROS;

    @ParameterizedTest(name = "seed {0}, {1} shards, {2} events/s")
    @CsvSource({"1,1,500", "2,2,2000", "3,3,2000", "4,1,20000", "5,3,20000", "6,2,100000", "7,3,5000", "8,1,50"})
    void shouldKeepEveryBookProvedThroughStallsGapsAndReconnections(long seed, int shards, int eventsPerSecond) {
        Random random = new Random(seed);
        FanoutBench bench = new FanoutBench(shards, LOOPS);
        SimulatedFeed feed = feed(seed, eventsPerSecond);
        bench.replace(feed.snapshot());
        InstrumentDirectory directory = new InstrumentDirectory(feed.instruments());
        Announcements announcements = new Announcements(bench.allocator, directory, bench);
        bench.loops.forEach(
                (address, loop) -> contexts.put(address, ModelNode.context(bench, loop, directory, announcements)));
        for (int i = 0; i < CLIENTS; i++) {
            Random own = new Random(random.nextLong());
            clients.add(new ModelClient(own, feed.instruments(), anyContext(random), bench.nowNanos()));
        }

        for (int flush = 0; flush < FLUSHES; flush++) {
            if (flush == FLUSHES / 2) {
                feed = feed(seed + 100, eventsPerSecond);
                clients.forEach(ModelClient::expectNewEpoch);
            }
            step(random, bench, feed);
        }
        settle(bench, feed);

        FeedSnapshot truth = feed.snapshot();
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.books()).isNotEmpty();
            assertHolds(client, truth);
        });
        clients.forEach(ModelClient::leave);
        bench.flush();
        announcements.close();
        bench.close();
    }

    private void step(Random random, FanoutBench bench, SimulatedFeed feed) {
        nowMicros += 1_000L * FanoutBench.FLUSH_MILLIS;
        EventBatch batch = feed.poll(nowMicros, 1);
        boolean lost = random.nextInt(80) == 0;
        if (batch != null && !lost && bench.apply(batch) == Books.Applied.GAP && random.nextBoolean()) {
            bench.replace(feed.snapshot());
        }
        bench.disturb(random);
        for (ModelClient client : clients) {
            client.act(bench.nowNanos());
            if (random.nextInt(100) == 0) {
                client.reconnect(anyContext(random), bench.nowNanos());
            }
        }
        flush(bench);
    }

    private void flush(FanoutBench bench) {
        contexts.values().forEach(context -> context.waitingRoom().lookAfter(bench.nowNanos()));
        bench.flush();
    }

    /** Everybody recovers and holds a book at least, and the feed falls silent. */
    private void settle(FanoutBench bench, SimulatedFeed feed) {
        bench.replace(feed.snapshot());
        bench.calm();
        clients.forEach(client -> client.wantMore(bench.nowNanos()));
        for (int flush = 0; flush < SETTLING_FLUSHES; flush++) {
            clients.forEach(client -> client.catchUp(bench.nowNanos()));
            flush(bench);
        }
    }

    private static void assertHolds(ModelClient client, FeedSnapshot truth) {
        client.books().forEach((wanted, book) -> {
            int depth = client.depth(wanted);
            FeedSnapshot.Book whole = truth.books().get(wanted.instrumentId() - 1);
            assertThat(whole.instrument().id()).isEqualTo(wanted.instrumentId());
            assertThat(List.of(book.bids(1_000), book.asks(1_000)))
                    .as("%s", wanted)
                    .isEqualTo(List.of(
                            best(depth, Gathering.bids(whole.bids(), wanted.group())),
                            best(depth, Gathering.asks(whole.asks(), wanted.group()))));
        });
    }

    static Levels best(int depth, Levels side) {
        int count = Math.min(depth, side.count());
        long[] prices = new long[count];
        long[] sizes = new long[count];
        for (int i = 0; i < count; i++) {
            prices[i] = side.priceTicks(i);
            sizes[i] = side.sizeLots(i);
        }
        return new Levels(prices, sizes);
    }

    private SessionContext anyContext(Random random) {
        return contexts.get("loop" + random.nextInt(LOOPS));
    }

    private SimulatedFeed feed(long seed, int eventsPerSecond) {
        return new SimulatedFeed(new FeedSettings(FeedSettings.SIMULATED, seed, eventsPerSecond), nowMicros);
    }
}
