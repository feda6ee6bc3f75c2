package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.Versioned;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedFeed;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.session.Announcements;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.depthcast.session.SessionContext;
import io.depthcast.session.WaitingRoom;
import io.depthcast.wire.BinanceBody;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The simulated market through shards, loops and sessions to programs that keep their books as Binance documents it, while
 * clients stall, loops stand, events are lost, the feed starts anew and an instrument changes its step.
 */
class SpliceModelTest {
    private static final int CLIENTS = 24;
    private static final int LOOPS = 3;
    private static final int FLUSHES = 240;
    private static final int MICROS_PER_MILLI = 1_000;
    private static final long YEAR_2020_MICROS = 1_577_836_800_000_000L;
    private static final long START_MICROS = 1_795_363_200_000_000L;

    private final Map<String, SessionContext> contexts = new TreeMap<>();
    private final Map<SplicingClient, Instrument> clients = new HashMap<>();
    private final List<SplicingClient> inOrder = new ArrayList<>();
    /** What each instrument's book was at each number that any client may come to, as a client reads it. */
    private final Map<Integer, Map<Long, String>> truth = new HashMap<>();

    private FanoutBench bench;
    private Random random;
    private long nowMicros = START_MICROS;
    private long compared;
    private long carried;
    /** Those that were kept when the new epoch began. */
    private Set<SplicedBook> ofOldEpoch = Set.of();

    private long newEpoch = Long.MAX_VALUE;

    @ParameterizedTest(name = "seed {0}, {1} shards, {2} events/s")
    @CsvSource({"1,1,500", "2,2,2000", "3,3,5000", "4,1,20000", "5,2,60000", "6,1,50"})
    void shouldHaveTheBookOfTheSameNumberAlwaysAndNeverAGapWithoutAClose(long seed, int shards, int eventsPerSecond) {
        random = new Random(seed);
        bench = new FanoutBench(shards, LOOPS);
        SimulatedFeed feed = feed(seed, eventsPerSecond);
        bench.replace(feed.snapshot());
        InstrumentDirectory directory = new InstrumentDirectory(feed.instruments());
        Announcements announcements = new Announcements(bench.allocator, directory, bench);
        bench.loops.forEach((address, loop) -> contexts.put(address, context(loop, directory, announcements)));
        for (int i = 0; i < CLIENTS; i++) {
            Instrument followed = feed.instruments().get(i % 4);
            String name = followed.symbol().replace("-", "").toLowerCase(java.util.Locale.ROOT);
            SplicingClient client = new SplicingClient(new Random(random.nextLong()), name);
            clients.put(client, followed);
            inOrder.add(client);
        }
        bench.flush();

        for (int flush = 0; flush < FLUSHES; flush++) {
            if (flush == FLUSHES / 2) {
                feed = feed(seed + 100, eventsPerSecond);
                ofOldEpoch = spliced();
                newEpoch = nowMicros - YEAR_2020_MICROS;
            }
            step(feed);
        }

        assertThat(compared).isGreaterThan(eventsPerSecond < 100 ? 20 : 1_000);
        assertThat(carried)
                .as("books that were compared in the new epoch, on the connection of the old one")
                .isGreaterThan(eventsPerSecond < 100 ? 20 : 200);
        inOrder.forEach(SplicingClient::leave);
        bench.flush();
        announcements.close();
        bench.close();
    }

    private Set<SplicedBook> spliced() {
        Set<SplicedBook> spliced = new HashSet<>();
        inOrder.stream()
                .map(SplicingClient::book)
                .filter(SplicedBook::isSpliced)
                .forEach(spliced::add);
        return spliced;
    }

    private void step(SimulatedFeed feed) {
        nowMicros += (long) MICROS_PER_MILLI * FanoutBench.FLUSH_MILLIS;
        EventBatch batch = feed.poll(nowMicros, 1);
        boolean isLost = random.nextInt(80) == 0;
        if (batch != null && !isLost && bench.apply(batch) == Books.Applied.GAP) {
            bench.replace(feed.snapshot());
        }
        note();
        for (BenchLoop loop : bench.loops.values()) {
            loop.stuck = random.nextInt(4) == 0;
            if (random.nextInt(30) == 0) {
                loop.audience().stretch(1 << random.nextInt(5));
            }
        }
        bench.asksHeld = random.nextInt(5) == 0;
        inOrder.forEach(this::act);
        contexts.values().forEach(context -> context.waitingRoom().lookAfter(bench.nowNanos()));
        bench.flush();
        inOrder.forEach(this::compare);
    }

    private void act(SplicingClient client) {
        if (client.isClosed() && random.nextInt(3) == 0) {
            client.connect(contexts.get("loop" + random.nextInt(LOOPS)), bench.nowNanos());
        }
        client.act(bench.nowNanos());
        if (!client.isClosed() && !client.book().isSpliced() && random.nextBoolean()) {
            JsonObject snapshot = snapshot(clients.get(client).id());
            // Never too old, since it was asked for after the stream was open.
            assertThat(snapshot == null || client.book().snapshot(snapshot)).isTrue();
        }
        compare(client);
    }

    private void compare(SplicingClient client) {
        if (client.book().isSpliced()) {
            Map<Long, String> known = truth.getOrDefault(clients.get(client).id(), Map.of());
            String expected = known.get(client.book().updateId());
            if (expected != null) {
                compared++;
                carried += ofOldEpoch.contains(client.book()) && client.book().updateId() > newEpoch ? 1 : 0;
                boolean isEqual = client.book().text().equals(expected);
                assertThat(isEqual)
                        .as("the book at %d", client.book().updateId())
                        .isTrue();
            }
        }
    }

    /** Null while the book misses something. */
    private JsonObject snapshot(int instrumentId) {
        StreamKey key = new StreamKey(instrumentId, BinanceBody.of(BinanceBody.Kind.DEPTH));
        ByteBuf out = Unpooled.buffer();
        for (Shard shard : bench.shards) {
            shard.writeHistory(new HistoryRequest(key, 1_000), out);
        }
        return out.isReadable() ? new JsonObject(out.toString(StandardCharsets.UTF_8)) : null;
    }

    /** Remembers each book under the number of its newest event and of the last that changed it. */
    private void note() {
        for (int id = 1; id <= 4; id++) {
            JsonObject snapshot = snapshot(id);
            if (snapshot != null) {
                SplicedBook book = new SplicedBook();
                assertThat(book.snapshot(snapshot)).isTrue();
                Map<Long, String> known = truth.computeIfAbsent(id, first -> new HashMap<>());
                known.put(book.updateId(), book.text());
                for (Shard shard : bench.shards) {
                    var state = shard.books().state(id);
                    if (state != null) {
                        known.put(number(state.book(500)), book.text());
                    }
                }
            }
        }
    }

    /** As clients know its version: it has at most 15 digits, of which more are no number to some. */
    private static long number(Versioned<?> book) {
        long number = book.epoch() - YEAR_2020_MICROS + book.version();
        assertThat(number).isBetween(1L, 999_999_999_999_999L);
        return number;
    }

    private SimulatedFeed feed(long seed, int eventsPerSecond) {
        return new SimulatedFeed(new FeedSettings(FeedSettings.SIMULATED, seed, eventsPerSecond), nowMicros);
    }

    private SessionContext context(BenchLoop loop, InstrumentDirectory directory, Announcements announcements) {
        return new SessionContext(
                "depthcast/1.2.3",
                directory,
                loop.audience(),
                announcements,
                new WaitingRoom(),
                LimitSettings.DEFAULT,
                PaceSettings.DEFAULT,
                new Meters(PrometheusRegistry.create(), "1.2.3"),
                bench.allocator,
                () -> START_MICROS,
                new SplittableRandom(1),
                (token, reply) -> reply.give(null, 0));
    }
}
