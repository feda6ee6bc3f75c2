package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.ops.Expressions;
import io.depthcast.ops.PrometheusServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
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
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsProcesses
@NeedsSockets
class AlertDrillsTest {
    /** What only nodes of a log have: {@code DisprovedAlertTest} and {@code LogAlertsTest} have a broker. */
    private static final Set<String> OF_A_LOG = Set.of(
            "DepthcastBooksDisproved", "DepthcastNodeBehind", "DepthcastAppendsFailing", "DepthcastFeedsTakeTurns");
    /** Those of all gateways together, or of none. */
    private static final Set<String> OF_ALL = Set.of("DepthcastDown", "DepthcastInstanceDown", "DepthcastClientsLost");

    /** Gateways that start at the same time. */
    private static final int STARTERS = 4;

    /** Far more than it takes: a machine may have other work. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(240);

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

    /** Starts all gateways, some of them at the same time: most of a start is waiting. */
    private void prepare() throws Exception {
        List<Callable<Drill>> starts = List.of(
                () -> new CapacityDrills.FewDescriptors(within("descriptors")),
                () -> new UpkeepDrills.LeakingProcess(within("leak")),
                () -> new UpkeepDrills.DamagedJar(within("damaged")),
                () -> new UpkeepDrills.Certificates(within("certificates")),
                FeedDrills.StandingFeed::new,
                FeedDrills.SilentInstrument::new,
                FeedDrills.LostBatches::new,
                FeedDrills.LateFlushes::new,
                SourceDrills.Publishers::new,
                () -> new SourceDrills.Recording(within("recording")),
                ClientDrills.Shed::new,
                () -> new ClientDrills.WrongTokens(within("tokens")),
                ClientDrills.OldPrices::new,
                ClientDrills.SlowRequests::new,
                CapacityDrills.FullNode::new,
                CapacityDrills.OneAddress::new,
                CapacityDrills.Overload::new);
        ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
        try {
            List<Future<Drill>> started = starters.invokeAll(starts);
            for (Future<Drill> drill : started) {
                drills.add(drill.get());
            }
        } finally {
            starters.shutdown();
        }
    }

    private Path within(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    @Test
    void shouldTellOfEachDistressUntilSomebodyHasDoneWhatTheRunbookSays() throws Exception {
        FutureTask<Boolean> departures = new FutureTask<>(this::loseClientsAndTheGateway);
        new Thread(departures, "departures").start();
        prepare();
        List<Integer> ports = drills.stream().map(Drill::managementPort).toList();
        try (PrometheusServer prometheus = PrometheusServer.hasty(within("prometheus"), ports)) {
            for (int port : ports) {
                awaitValue(prometheus, "up{instance=\"" + PrometheusServer.instance(port) + "\"}", "1");
            }
            Map<Drill, Set<String>> fired = new LinkedHashMap<>();
            drills.forEach(drill -> fired.put(drill, new HashSet<>()));
            await("have not fired, or not without those that are for something else", () -> {
                for (Drill drill : drills) {
                    if (!fired.get(drill).containsAll(drill.alerts())) {
                        drill.strain();
                    }
                    fired.get(drill).addAll(firingAlone(prometheus, drill));
                }
                return missing(fired);
            });
            for (Drill drill : drills) {
                drill.mend();
            }
            Set<String> drilled = drilled();
            await("have not ended", () -> endThoseThatAreMended(prometheus));
            assertThat(drilled).containsExactlyInAnyOrderElementsOf(Expressions.alerts());
        }
        assertThat(departures.get()).isTrue();
    }

    /** Whoever is well makes room for the others at once: all of them on one machine hold each other up. */
    private Map<String, Set<String>> endThoseThatAreMended(PrometheusServer prometheus) throws Exception {
        Map<String, Set<String>> still = new LinkedHashMap<>();
        for (Drill drill : List.copyOf(drills)) {
            drill.goOn();
            Set<String> left = new HashSet<>(firing(prometheus, drill));
            left.retainAll(drill.alerts());
            if (left.isEmpty()) {
                drills.remove(drill);
                drill.close();
            } else {
                still.put(drill.getClass().getSimpleName(), left);
            }
        }
        return still;
    }

    private Set<String> drilled() {
        Set<String> drilled = new HashSet<>(OF_A_LOG);
        drilled.addAll(OF_ALL);
        drills.forEach(drill -> drilled.addAll(drill.alerts()));
        return drilled;
    }

    private static Set<String> firing(PrometheusServer prometheus, Drill drill) throws Exception {
        return prometheus.firing().getOrDefault(PrometheusServer.instance(drill.managementPort()), Set.of());
    }

    /** Nothing while another fires that must not: a machine that stood for a moment makes that end, a wrong rule does not. */
    private static Set<String> firingAlone(PrometheusServer prometheus, Drill drill) throws Exception {
        Set<String> now = firing(prometheus, drill);
        return Collections.disjoint(now, drill.others()) ? now : Set.of();
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

    /**
     * Clients go at once, and then the gateway, at a Prometheus of its own meanwhile, since nobody else may be there. Runbook:
     * they are to come back, and a drain is no alarm; then a restart.
     */
    private boolean loseClientsAndTheGateway() throws Exception {
        RunningGateway gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
        int port = gateway.managementPort();
        try (PrometheusServer prometheus = PrometheusServer.hasty(within("departures"), List.of(port))) {
            List<RawWebSocket> clients = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                clients.add(RawWebSocket.open(gateway.port()));
                clients.get(i).send(subscription("book", "BTC-USD", ""));
            }
            awaitValue(prometheus, "job:depthcast_audience:sum", "30");
            for (RawWebSocket client : clients) {
                client.close();
            }
            // It ends by itself, maybe before anybody has looked.
            awaitValue(
                    prometheus,
                    "max_over_time(ALERTS{alertname=\"DepthcastClientsLost\",alertstate=\"firing\"}[1h])",
                    "1");
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
            return true;
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
