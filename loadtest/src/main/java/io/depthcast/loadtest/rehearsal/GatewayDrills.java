package io.depthcast.loadtest.rehearsal;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happens to gateways. */
final class GatewayDrills {
    private static final int ABNORMAL = 1006;
    private static final int GOING_AWAY = 1001;
    private static final int STOP_SECONDS = 30;
    private static final long LIVE_MILLIS = 3_000;
    private static final int SLOW_SECONDS = 15;
    /** Of a client that hears nothing, before it gives its connection up. */
    private static final long SILENCE_MILLIS = 11_000;

    private static final int DRAIN_SECONDS = 20;

    static final List<Drill> ALL = List.of(
            new Drill(
                    "gateway-kill",
                    "its clients live elsewhere within their wait and 2 s, by deltas",
                    GatewayDrills::kill),
            new Drill(
                    "gateway-stop",
                    "stopped for 30 s it is live within 3 s of waking, and calls no old price live",
                    GatewayDrills::stop),
            new Drill(
                    "gateway-slow",
                    "with a fifth of its CPU its clients get merged updates; others do not notice",
                    GatewayDrills::slow),
            new Drill("rolling", "all nodes restarted: no wrong book, no stale second", GatewayDrills::rolling));

    private GatewayDrills() {}

    private static void kill(Stage stage, Verdict verdict) throws Exception {
        stage.crowd().act(ABNORMAL);
        stage.a().kill();
        Findings seen = stage.settle(20, verdict);
        verdict.seamless(seen);
        verdict.atMost("ms without data beyond the wait", Findings.PATIENCE_MILLIS, seen.longestBeyondMillis);
        stage.a().start();
    }

    private static void stop(Stage stage, Verdict verdict) throws Exception {
        // Its clients hear nothing until they give it up, and whoever tries to come in meanwhile waits for the proxy.
        stage.crowd().act(ABNORMAL, SILENCE_MILLIS + Findings.PATIENCE_MILLIS);
        try (Crowd patient = stage.patient(stage.b())) {
            stage.b().pause();
            TimeUnit.SECONDS.sleep(STOP_SECONDS);
            patient.act(0, TimeUnit.SECONDS.toMillis(2L * STOP_SECONDS));
            stage.b().wake();
            long wokenNanos = System.nanoTime();
            boolean isLive = patient.awaitData(STOP_SECONDS);
            long liveMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - wokenNanos);
            Findings seen = stage.settle(20, verdict);
            Findings stayed = patient.findings();
            verdict.unharmed(seen);
            verdict.unharmed(stayed);
            verdict.equal("connections lost of those that stayed", 0, stayed.lost);
            verdict.holds("those that stayed have data again", isLive);
            verdict.atMost("ms from waking to data for all that stayed", LIVE_MILLIS, liveMillis);
            verdict.atMost("ms of the oldest price called live", LIVE_MILLIS, stayed.oldestLiveMillis);
            verdict.equal("disproved books", 0, disproved(stage));
        }
    }

    private static long disproved(Stage stage) throws InterruptedException {
        return Math.round(stage.b().metric("depthcast_journal_proofs_total{outcome=\"disproved\"}"));
    }

    private static void slow(Stage stage, Verdict verdict) throws Exception {
        stage.crowd().act(0);
        Node feed = stage.speaker();
        double before = feed.metric("depthcast_events_in_total");
        long sinceNanos = System.nanoTime();
        AutoCloseable slowed = stage.a().slowed();
        try {
            TimeUnit.SECONDS.sleep(SLOW_SECONDS);
        } finally {
            slowed.close();
        }
        double perSecond = (feed.metric("depthcast_events_in_total") - before) * 1e9 / (System.nanoTime() - sinceNanos);
        verdict.figure("events/s of the feed " + Math.round(perSecond));
        Findings seen = stage.settle(20, verdict);
        verdict.unharmed(seen);
        verdict.equal("errors", 0, seen.errors);
        verdict.equal("clients without data for too long", 0, seen.lateClients());
    }

    private static void rolling(Stage stage, Verdict verdict) throws Exception {
        stage.crowd().act(GOING_AWAY);
        for (Node node : List.of(stage.a(), stage.b(), stage.standby(), stage.speaker())) {
            verdict.equal("exit code of " + node.name(), 0, node.drain(DRAIN_SECONDS));
            node.start();
            boolean hasClients = node == stage.a() || node == stage.b();
            verdict.holds(
                    "the proxy leads to " + node.name() + " again",
                    !hasClients || node.awaitMetric("depthcast_audience", DRAIN_SECONDS));
        }
        Findings seen = stage.settle(20, verdict);
        verdict.undisturbed(seen);
        verdict.oneSnapshotEach(seen, stage.clients());
        verdict.equal("ms to the first client that was told stale, -1 for none,", -1, seen.staleAfterMillis);
    }
}
