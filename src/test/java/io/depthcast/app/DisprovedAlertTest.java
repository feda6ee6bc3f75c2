package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.KafkaBroker;
import io.depthcast.NeedsBroker;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Side;
import io.depthcast.feed.Books;
import io.depthcast.ops.PrometheusServer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
    private static final int WAIT_SECONDS = 60;
    /** Where the market has no level. */
    private static final int FAR_TICKS = 7;

    private static final int DEEPEST = 500;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Gateway> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            await(open.get(i).stop());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private Gateway start(String role, String kind) throws Exception {
        Gateway gateway = await(Gateway.start(TestSettings.with(
                "http.host=127.0.0.1",
                "http.port=0",
                "management.port=0",
                "ingest.port=0",
                "feed.kind=" + kind,
                "feed.eventsPerSecond=1",
                "node.role=" + role,
                "kafka.name=disproved",
                "kafka.bootstrap=" + KafkaBroker.shared().bootstrap())));
        open.add(gateway);
        return gateway;
    }

    private void awaitProved(Gateway gateway) throws Exception {
        URI ready = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/readyz");
        String found = "";
        while (!found.contains("\"name\":\"log\",\"status\":\"up")) {
            found = http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    /** One level more, in a book that did not change in the last row, where the node compares and nowhere else. */
    private static void changeMemory(Gateway gateway) throws Exception {
        Object verticle = within(within(gateway, "feed"), "log");
        Promise<Void> changed = Promise.promise();
        ((Context) within(verticle, "loop")).runOnContext(turn -> {
            try {
                Books books = (Books) within(within(within(verticle, "node"), "follower"), "books");
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
        await(changed.future());
    }

    private static Object within(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(holder);
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
        Gateway feed = start("feed", "simulated");
        Gateway gateway = start("gateway", "none");
        Gateway other = start("gateway", "none");
        awaitProved(gateway);
        awaitProved(other);
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
            awaitProved(gateway);
            awaitFiring(prometheus, gateway, false);
        }
    }
}
