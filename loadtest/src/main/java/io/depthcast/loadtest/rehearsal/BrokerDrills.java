package io.depthcast.loadtest.rehearsal;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happens to the broker. */
final class BrokerDrills {
    private static final int AWAY_SECONDS = 60;
    /** A gateway says so before its newest batch is 3 s old. */
    private static final long TOLD_MILLIS = 3_000;
    /** Who was without data for so long must have been told: clients hear of their books every 200 ms at most. */
    private static final long LONG_MILLIS = 4_000;
    /** Until Kafka's clients have found the broker again and the node has read what it missed. */
    private static final int HEAL_SECONDS = 30;

    static final List<Drill> ALL = List.of(
            new Drill("broker-kill", "healed alone; nothing lost that was acknowledged", BrokerDrills::kill),
            new Drill("broker-away", "away for 60 s: stale told in 3 s, healed alone", BrokerDrills::away));

    private BrokerDrills() {}

    private static void kill(Stage stage, Verdict verdict) throws Exception {
        away(stage, verdict, 0);
    }

    private static void away(Stage stage, Verdict verdict) throws Exception {
        away(stage, verdict, AWAY_SECONDS);
    }

    private static void away(Stage stage, Verdict verdict, int seconds) throws Exception {
        stage.crowd().act(0, TimeUnit.SECONDS.toMillis(seconds + HEAL_SECONDS));
        stage.crowd().mayHop(false);
        stage.broker().kill();
        TimeUnit.SECONDS.sleep(seconds);
        stage.broker().start();
        Findings seen = stage.settle(HEAL_SECONDS, verdict);
        verdict.undisturbed(seen);
        verdict.oneSnapshotEach(seen, stage.clients());
        verdict.figure("ms without data " + seen.longestMillis);
        if (seen.longestMillis > LONG_MILLIS) {
            verdict.holds("stale is told", seen.staleAfterMillis >= 0);
            verdict.atMost("ms until stale is told", TOLD_MILLIS, seen.staleAfterMillis);
        }
        for (Node node : List.of(stage.a(), stage.b())) {
            verdict.holds("gateway " + node.name() + " is ready", node.isReady());
        }
        stage.crowd().mayHop(true);
        stage.revive();
    }
}
