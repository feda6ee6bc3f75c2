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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that follow the same books and share a history as far as their lines allow. */
class SharedHistoryTest {
    private static final int CLIENTS = 10;
    private static final int FLUSHES = 800;
    private static final int FLUSHES_TO_A_HEARTBEAT = 25;
    private static final long START_MICROS = 1_795_363_200_000_000L;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldProveEveryMessageWhileClientsComeLagChooseAnewAndReturn(long seed) {
        Random random = new Random(seed);
        FanoutBench bench = new FanoutBench(1, 1);
        SimulatedFeed feed = new SimulatedFeed(new FeedSettings(FeedSettings.SIMULATED, seed, 3_000), START_MICROS);
        bench.replace(feed.snapshot());
        InstrumentDirectory directory = new InstrumentDirectory(feed.instruments());
        Announcements announcements = new Announcements(bench.allocator, directory, bench);
        SessionContext shared = ModelNode.context(bench, bench.loop(0), directory, announcements);
        List<String> symbols =
                feed.instruments().stream().limit(4).map(Instrument::symbol).toList();
        List<WatchlistClient> clients = new ArrayList<>();
        MessageCache heartbeats = new MessageCache(bench.allocator);
        for (int flush = 0; flush < FLUSHES; flush++) {
            if (clients.size() < CLIENTS && random.nextInt(10) == 0) {
                clients.add(new WatchlistClient(new Random(random.nextLong()), symbols, shared, bench.nowNanos()));
            }
            clients.forEach(client -> client.act(shared, bench.nowNanos()));
            EventBatch batch = feed.poll(START_MICROS + 1_000L * FanoutBench.FLUSH_MILLIS * (flush + 1), 1);
            if (batch != null) {
                bench.apply(batch);
            }
            shared.waitingRoom().lookAfter(bench.nowNanos());
            bench.flush();
            if (flush % FLUSHES_TO_A_HEARTBEAT == 0) {
                Frame heartbeat = announcements.heartbeat(FeedStatus.LIVE, START_MICROS + flush);
                clients.forEach(client -> client.heartbeat(heartbeat, heartbeats, bench.nowNanos()));
                heartbeats.clear();
                heartbeat.release();
            }
        }

        assertThat(clients).hasSize(CLIENTS).allSatisfy(client -> assertThat(client.applied())
                .isGreaterThan(FLUSHES));
        assertThat(bench.referring()).isGreaterThan(FLUSHES);
        clients.forEach(WatchlistClient::leave);
        bench.flush();
        announcements.close();
        bench.close();
    }
}
