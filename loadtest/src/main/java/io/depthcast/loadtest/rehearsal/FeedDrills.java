package io.depthcast.loadtest.rehearsal;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happens to the feed that speaks, while another one waits. */
final class FeedDrills {
    /** So long may nobody speak. */
    private static final long SILENCE_MILLIS = 5_000;

    /** From then on it has been told: stale is 3 s, and clients hear of their books every 200 ms. */
    private static final long TOLD_MILLIS = 4_000;

    private static final int STOP_SECONDS = 30;
    private static final int END_SECONDS = 20;
    /** Of a process whose place another has taken. */
    private static final int SUCCEEDED = 4;

    static final List<Drill> ALL = List.of(
            new Drill(
                    "feed-kill", "silence of 5 s at most, told; then a delta, no epoch, no snapshot", FeedDrills::kill),
            new Drill(
                    "feed-stop",
                    "stopped for 30 s: the standby speaks; the old one says nothing that counts, and ends",
                    FeedDrills::stop));

    /** Prices are told in the time of an hour ahead from then on. */
    static final Drill CLOCK = new Drill(
            "clock", "the feed's clock an hour back, then an hour ahead: no effect on versions", FeedDrills::clock);

    private static final List<String> SHIFTS = List.of("-1h", "+1h");
    private static final int HANDOVER_SECONDS = 3;

    private FeedDrills() {}

    private static void kill(Stage stage, Verdict verdict) throws Exception {
        Node speaker = stage.speaker();
        stage.crowd().act(0, SILENCE_MILLIS);
        speaker.kill();
        judge(stage, stage.settle(20, verdict), verdict);
        speaker.start();
    }

    private static void stop(Stage stage, Verdict verdict) throws Exception {
        Node speaker = stage.speaker();
        Node standby = stage.standby();
        stage.crowd().act(0, SILENCE_MILLIS);
        speaker.pause();
        TimeUnit.SECONDS.sleep(STOP_SECONDS);
        double term = standby.metric("depthcast_journal_term");
        speaker.wake();
        verdict.equal("exit code of the one that was stopped", SUCCEEDED, speaker.awaitEnd(END_SECONDS));
        judge(stage, stage.settle(20, verdict), verdict);
        verdict.equal("term", Math.round(term), Math.round(standby.metric("depthcast_journal_term")));
        verdict.holds("the standby speaks", stage.speaker() == standby);
        speaker.start();
    }

    /** Each feed hands over to one of another time. */
    private static void clock(Stage stage, Verdict verdict) throws Exception {
        stage.crowd().act(0, SILENCE_MILLIS);
        for (String shift : SHIFTS) {
            Node next = stage.standby();
            verdict.equal("exit code of the one that waited", 0, next.drain(END_SECONDS));
            next.start(WrongClock.by(shift));
            Node former = stage.speaker();
            verdict.equal("exit code of the one that spoke", 0, former.drain(END_SECONDS));
            verdict.holds("the feed of " + shift + " speaks", stage.speaker() == next);
            TimeUnit.SECONDS.sleep(HANDOVER_SECONDS);
            former.start();
        }
        Node wrong = stage.speaker();
        verdict.equal("exit code of the last one", 0, wrong.drain(END_SECONDS));
        wrong.start();
        Findings seen = stage.settle(20, verdict);
        verdict.undisturbed(seen);
        verdict.atMost("snapshots", (SHIFTS.size() + 1L) * stage.clients(), seen.snapshots);
    }

    private static void judge(Stage stage, Findings seen, Verdict verdict) {
        verdict.undisturbed(seen);
        verdict.oneSnapshotEach(seen, stage.clients());
        verdict.atMost("ms of silence", SILENCE_MILLIS, seen.longestMillis);
        verdict.holds("silence is told", seen.staleAfterMillis >= 0 || seen.longestMillis < TOLD_MILLIS);
    }
}
