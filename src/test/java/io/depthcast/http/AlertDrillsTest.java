package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.ops.Expressions;
import io.depthcast.ops.PrometheusServer;
import io.depthcast.session.LimitSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts made to fire in a real Prometheus by real gateways in distress, and ended by what the runbook says. The times that
 * rules wait are drawn together, so that a minute is a second; the conditions are theirs. What a test cannot cause, the
 * tests of the rules play.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsProcesses
@NeedsSockets
class AlertDrillsTest {
    /** Defects of ours, which nobody knows how to cause, and what the tests of sources and recordings cause by themselves. */
    private static final Set<String> PLAYED_ONLY = Set.of(
            "DepthcastInternalErrors",
            "DepthcastBooksDisproved",
            "DepthcastSourceSilent",
            "DepthcastSourceRefused",
            "DepthcastRecordingStopped",
            "DepthcastRecordingLost");
    /** Those of all gateways together, or of none. */
    private static final Set<String> OF_ALL = Set.of("DepthcastDown", "DepthcastInstanceDown", "DepthcastClientsLost");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    @TempDir
    Path folder;

    private final List<Drill> drills = new ArrayList<>();

    @BeforeEach
    void require() {
        PrometheusServer.require();
    }

    @AfterEach
    void end() throws Exception {
        for (Drill drill : drills) {
            drill.close();
        }
    }

    private void prepare() throws Exception {
        drills.add(new FeedDrills.StandingFeed());
        drills.add(new FeedDrills.SilentInstrument());
        drills.add(new FeedDrills.LostBatches());
        drills.add(new FeedDrills.LateFlushes());
        drills.add(new ClientDrills.Shed());
        drills.add(new ClientDrills.WrongTokens(within("tokens")));
        drills.add(new ClientDrills.OldPrices());
        drills.add(new ClientDrills.SlowRequests());
        drills.add(new CapacityDrills.FullNode());
        drills.add(new CapacityDrills.OneAddress());
        drills.add(new CapacityDrills.Overload());
        drills.add(new CapacityDrills.FewDescriptors(within("descriptors")));
        drills.add(new UpkeepDrills.Certificates(within("certificates")));
        drills.add(new UpkeepDrills.LeakingProcess(within("leak")));
    }

    private Path within(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    @Test
    void shouldTellOfEachDistressUntilSomebodyHasDoneWhatTheRunbookSays() throws Exception {
        prepare();
        List<Integer> ports = drills.stream().map(Drill::managementPort).toList();
        try (PrometheusServer prometheus = PrometheusServer.hasty(folder, ports)) {
            for (int port : ports) {
                awaitValue(prometheus, "up{instance=\"" + PrometheusServer.instance(port) + "\"}", "1");
            }
            Map<Drill, Set<String>> fired = new LinkedHashMap<>();
            drills.forEach(drill -> fired.put(drill, new HashSet<>()));
            await("have not fired", () -> {
                for (Drill drill : drills) {
                    if (!fired.get(drill).containsAll(drill.alerts())) {
                        drill.strain();
                    }
                    fired.get(drill).addAll(firing(prometheus, drill));
                }
                return missing(fired);
            });
            for (Drill drill : drills) {
                assertThat(drill.others())
                        .allSatisfy(other -> assertThat(fired.get(drill)).doesNotContain(other));
                drill.mend();
            }
            await("have not ended", () -> {
                Map<String, Set<String>> still = new LinkedHashMap<>();
                for (Drill drill : drills) {
                    drill.goOn();
                    Set<String> left = new HashSet<>(firing(prometheus, drill));
                    left.retainAll(drill.alerts());
                    if (!left.isEmpty()) {
                        still.put(drill.getClass().getSimpleName(), left);
                    }
                }
                return still;
            });
        }
        assertThat(drilled()).containsExactlyInAnyOrderElementsOf(Expressions.alerts());
    }

    private Set<String> drilled() {
        Set<String> drilled = new HashSet<>(PLAYED_ONLY);
        drilled.addAll(OF_ALL);
        drills.forEach(drill -> drilled.addAll(drill.alerts()));
        return drilled;
    }

    private static Set<String> firing(PrometheusServer prometheus, Drill drill) throws Exception {
        return prometheus.firing().getOrDefault(PrometheusServer.instance(drill.managementPort()), Set.of());
    }

    private static Map<String, Set<String>> missing(Map<Drill, Set<String>> fired) {
        Map<String, Set<String>> missing = new LinkedHashMap<>();
        fired.forEach((drill, has) -> {
            Set<String> left = new HashSet<>(drill.alerts());
            left.removeAll(has);
            if (!left.isEmpty()) {
                missing.put(drill.getClass().getSimpleName(), left);
            }
        });
        return missing;
    }

    private interface Round {
        /** What is still to come, by drill. */
        Map<String, Set<String>> go() throws Exception;
    }

    private static void await(String what, Round round) throws Exception {
        long endNanos = System.nanoTime() + PATIENCE_NANOS;
        Map<String, Set<String>> left = round.go();
        while (!left.isEmpty()) {
            if (System.nanoTime() > endNanos) {
                throw new AssertionError(left + " " + what);
            }
            left = round.go();
        }
    }

    /** Runbook: they are to come back, and a drain is no alarm; then a restart. */
    @Test
    void shouldTellOfClientsThatGoAtOnceAndOfAGatewayThatIsGone() throws Exception {
        RunningGateway gateway = RunningGateway.start(RunningGateway.QUIET, LimitSettings.DEFAULT);
        int port = gateway.managementPort();
        try (PrometheusServer prometheus = PrometheusServer.hasty(folder, List.of(port))) {
            List<RawWebSocket> clients = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                clients.add(RawWebSocket.open(gateway.port()));
                clients.get(i).send(subscription("book", "BTC-USD", ""));
            }
            awaitValue(prometheus, "job:depthcast_audience:sum", "30");
            for (RawWebSocket client : clients) {
                client.close();
            }
            awaitAlert(prometheus, "DepthcastClientsLost", true);
            assertThat(new OperatorClient(port).send("POST", "/drain", "").statusCode())
                    .isEqualTo(202);
            awaitAlert(prometheus, "DepthcastClientsLost", false);

            // It did before the first scrape, and rightly so.
            awaitAlert(prometheus, "DepthcastDown", false);
            gateway.close();
            awaitAlert(prometheus, "DepthcastDown", true);
            awaitAlert(prometheus, "DepthcastInstanceDown", true);
            gateway = RunningGateway.restart(port);
            awaitAlert(prometheus, "DepthcastDown", false);
            awaitAlert(prometheus, "DepthcastInstanceDown", false);
        } finally {
            gateway.close();
        }
    }

    private static void awaitAlert(PrometheusServer prometheus, String alert, boolean fires) throws Exception {
        await(fires ? "has not fired" : "has not ended", () -> {
            boolean isFiring = prometheus.firing().values().stream().anyMatch(names -> names.contains(alert));
            return isFiring == fires ? Map.of() : Map.of("", Set.of(alert));
        });
    }

    private static void awaitValue(PrometheusServer prometheus, String expression, String value) throws Exception {
        await(
                "is not " + value,
                () -> prometheus.query(expression).stream().anyMatch(sample -> ((JsonObject) sample)
                                .getJsonArray("value")
                                .getString(1)
                                .equals(value))
                        ? Map.of()
                        : Map.of("", Set.of(expression)));
    }
}
