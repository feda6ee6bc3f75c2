package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.feed.EventBatch;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedFeed;
import io.depthcast.session.Announcements;
import io.depthcast.session.SessionContext;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that follow the same books and share a history as far as their lines allow. */
class SharedHistoryTest {
    private static final int CLIENTS = 10;
    private static final int FLUSHES = 800;
    private static final int FLUSHES_TO_A_HEARTBEAT = 25;
    /** More than a span, and than it takes to fill a window. */
    private static final int FLUSHES_TO_A_HISTORY = 300;

    private static final long START_MICROS = 1_795_363_200_000_000L;

    private final FanoutBench bench = new FanoutBench(1, 1);
    private final List<WatchlistClient> clients = new ArrayList<>();
    private final MessageCache heartbeats = new MessageCache(bench.allocator);
    private SimulatedFeed feed;
    private Announcements announcements;
    private SessionContext shared;
    private List<String> symbols;
    private int flushes;
    /** Frames that the shard deflated. */
    private int deflated;

    private void begin(long seed) {
        feed = new SimulatedFeed(new FeedSettings(FeedSettings.SIMULATED, seed, 3_000), START_MICROS);
        bench.replace(feed.snapshot());
        InstrumentDirectory directory = new InstrumentDirectory(feed.instruments());
        announcements = new Announcements(bench.allocator, directory, bench);
        shared = ModelNode.context(bench, bench.loop(0), directory, announcements);
        symbols = feed.instruments().stream().limit(4).map(Instrument::symbol).toList();
    }

    private void join(long seed) {
        clients.add(new WatchlistClient(new Random(seed), symbols, shared, bench.nowNanos()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldProveEveryMessageWhileClientsComeLagChooseAnewAndReturn(long seed) {
        Random random = new Random(seed);
        begin(seed);
        while (flushes < FLUSHES) {
            if (clients.size() < CLIENTS && random.nextInt(10) == 0) {
                join(random.nextLong());
            }
            clients.forEach(client -> client.act(shared, bench.nowNanos()));
            flush();
        }

        assertThat(clients).hasSize(CLIENTS).allSatisfy(client -> assertThat(client.applied())
                .isGreaterThan(FLUSHES));
        assertThat(bench.referring()).isGreaterThan(FLUSHES);
        end();
    }

    @Test
    void shouldDeflateNoFrameAloneThatNobodyTakes() {
        begin(1);
        for (int i = 0; i < CLIENTS; i++) {
            join(i);
        }

        assertThat(deflatedOnceSettled()).isZero();
        WatchlistClient lagging = clients.get(0);
        lagging.fill();
        readAndFlush(clients.subList(1, CLIENTS));
        assertThat(deflatedInFlushes(FLUSHES_TO_A_HISTORY)).isPositive();
        assertThat(deflatedOnceSettled()).isZero();
        join(CLIENTS);
        assertThat(deflatedInFlushes(FLUSHES_TO_A_HISTORY)).isPositive();
        assertThat(deflatedOnceSettled()).isZero();
        assertThat(clients).hasSize(CLIENTS + 1).allSatisfy(client -> assertThat(client.applied())
                .isGreaterThan(flushes));
        end();
    }

    /** In the flushes after everybody has come to the history. */
    private int deflatedOnceSettled() {
        deflatedInFlushes(FLUSHES_TO_A_HISTORY);
        return deflatedInFlushes(10);
    }

    private int deflatedInFlushes(int count) {
        int before = deflated;
        for (int i = 0; i < count; i++) {
            readAndFlush(clients);
        }
        return deflated - before;
    }

    private void readAndFlush(List<WatchlistClient> readers) {
        readers.forEach(client -> client.read(bench.nowNanos()));
        flush();
    }

    private void flush() {
        EventBatch batch = feed.poll(START_MICROS + 1_000L * FanoutBench.FLUSH_MILLIS * (flushes + 1), 1);
        if (batch != null) {
            bench.apply(batch);
        }
        shared.waitingRoom().lookAfter(bench.nowNanos());
        int before = bench.deflations;
        bench.flush();
        deflated += bench.deflations - before;
        if (flushes % FLUSHES_TO_A_HEARTBEAT == 0) {
            Frame heartbeat = announcements.heartbeat(FeedStatus.LIVE, START_MICROS + flushes);
            clients.forEach(client -> client.heartbeat(heartbeat, heartbeats, bench.nowNanos()));
            heartbeats.clear();
            heartbeat.release();
        }
        flushes++;
    }

    private void end() {
        clients.forEach(WatchlistClient::leave);
        bench.flush();
        announcements.close();
        bench.close();
    }
}
