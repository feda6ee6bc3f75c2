package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsBroker;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Side;
import io.depthcast.feed.Books;
import io.depthcast.ops.PrometheusServer;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node of a log on a real broker whose memory has changed: a real Prometheus tells of it until it is as the feed again. */
@NeedsBroker
@NeedsProcesses
@NeedsSockets
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DisprovedAlertTest {
    /** Where the market has no level. */
    private static final int FAR_TICKS = 7;

    private static final int DEEPEST = 500;

    @TempDir
    Path folder;

    private final LogNodes nodes = new LogNodes("disproved");

    @AfterEach
    void close() throws Exception {
        nodes.close();
    }

    /** One level more, in a book that did not change in the last row, where the node compares and nowhere else. */
    private static void changeMemory(Gateway gateway) throws Exception {
        Object verticle = LogNodes.within(LogNodes.within(gateway, "feed"), "log");
        Promise<Void> changed = Promise.promise();
        LogNodes.feedLoop(gateway).runOnContext(turn -> {
            try {
                Books books = (Books)
                        LogNodes.within(LogNodes.within(LogNodes.within(verticle, "node"), "follower"), "books");
                InstrumentState state = books.listings().stream()
                        .map(listing -> Objects.requireNonNull(books.state(listing.id())))
                        .min(Comparator.comparing(listed -> listed.book(DEEPEST).version()))
                        .orElseThrow();
                var unused = state.applyLevel(Side.BID, FAR_TICKS, 1, books.sequence(), 0);
                changed.complete();
            } catch (ReflectiveOperationException | RuntimeException e) {
                changed.fail(e);
            }
        });
        LogNodes.await(changed.future());
    }

    private static void awaitFiring(PrometheusServer prometheus, Gateway gateway, boolean fires)
            throws IOException, InterruptedException {
        String instance = PrometheusServer.instance(gateway.managementPort());
        while (prometheus.firing().getOrDefault(instance, Set.of()).contains("DepthcastBooksDisproved") != fires) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldTellOfANodeWithOtherBooksUntilItHasTakenStatesAnew() throws Exception {
        PrometheusServer.require();
        Gateway feed = nodes.start("feed", "simulated");
        List<Gateway> two = nodes.startTwoGateways();
        Gateway gateway = two.get(0);
        Gateway other = two.get(1);
        List<Integer> ports = List.of(feed.managementPort(), gateway.managementPort(), other.managementPort());
        try (PrometheusServer prometheus = PrometheusServer.hasty(folder, ports)) {
            while (prometheus
                            .query("depthcast_journal_proofs_total{outcome=\"disproved\"} == 0")
                            .size()
                    < ports.size()) {
                Thread.onSpinWait();
            }
            changeMemory(gateway);
            awaitFiring(prometheus, gateway, true);
            assertThat(prometheus.firing().values())
                    .filteredOn(names -> names.contains("DepthcastBooksDisproved"))
                    .hasSize(1);
            nodes.awaitProved(gateway);
            awaitFiring(prometheus, gateway, false);
        }
    }
}
