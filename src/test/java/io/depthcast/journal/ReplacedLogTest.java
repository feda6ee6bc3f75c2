package io.depthcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of all who follow a log when it is gone and another one stands in its place. */
class ReplacedLogTest {
    private final LogCluster cluster = new LogCluster(20261129, 0);

    @Test
    void shouldBeginALaterEpochWhereAnOldLogWasReplaced() {
        replaceAfter(60_000, 2_000);
    }

    @Test
    void shouldBeginALaterEpochWhereAYoungLogWasReplaced() {
        replaceAfter(300, 0);
    }

    /** With a clock that is an hour back, so that time alone would not make the new epoch the later one. */
    private void replaceAfter(int aliveMillis, int feedlessMillis) {
        LogNode feed = cluster.start(true, TimeUnit.HOURS.toMicros(1));
        LogNode gateway = cluster.start(false);
        cluster.run(aliveMillis + 2_000);
        long before = gateway.snapshot().epoch();
        cluster.journal.replaceLog();
        cluster.run(feedlessMillis);
        cluster.start(true);
        cluster.run(10_000);
        assertThat(feed.isSpeaking()).isFalse();
        assertThat(gateway.hindrance()).isEmpty();
        assertThat(gateway.snapshot().epoch()).isGreaterThan(before);
        cluster.settle();
        cluster.checkAgreement("after");
    }

    @Test
    void shouldNotGoOnFromWhatTheFormerFeedClaimedInANewLog() {
        LogNode feed = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(30_000);
        long before = gateway.snapshot().epoch();
        long sequence = gateway.snapshot().sequence();
        cluster.nodes.remove(feed);
        cluster.journal.replaceLog();
        Entry claim = Entry.claim(7, "former", sequence);
        cluster.journal.add(LogCluster.batch(before, claim));
        cluster.run(3_000);
        assertThat(gateway.hindrance()).contains("former goes on behind " + sequence + ", and the log ends with 0");
        cluster.start(true, -TimeUnit.HOURS.toMicros(1));
        cluster.run(10_000);
        assertThat(gateway.hindrance()).isEmpty();
        assertThat(gateway.snapshot().epoch()).isGreaterThan(before);
        cluster.settle();
        cluster.checkAgreement("after");
    }

    @Test
    void shouldNoticeAfterAPauseThatAnotherLogIsReadAtTheSamePlace() {
        LogNode feed = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(3_000);
        long before = gateway.snapshot().epoch();
        gateway.isPaused = true;
        cluster.nodes.remove(feed);
        cluster.journal.replaceLog();
        cluster.start(true);
        cluster.run(30_000);
        gateway.isPaused = false;
        cluster.run(3_000);
        assertThat(gateway.hindrance()).isEmpty();
        assertThat(gateway.snapshot().epoch()).isGreaterThan(before);
        cluster.settle();
        cluster.checkAgreement("after");
    }

    @Test
    void shouldNotTakeTheStatesOfAFormerLogForThoseOfOneThatHasNoneYet() {
        LogNode feed = cluster.start(true);
        cluster.run(500);
        cluster.nodes.remove(feed);
        cluster.journal.replaceLog();
        cluster.journal.loseStates(true);
        LogNode second = cluster.start(true);
        cluster.run(20_000);
        cluster.nodes.remove(second);
        LogNode third = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(5_000);
        assertThat(third.isSpeaking()).isTrue();
        assertThat(gateway.hindrance()).isEmpty();
        cluster.settle();
        cluster.checkAgreement("after");
    }

    @Test
    void shouldFollowALogOfAnEarlierEpochWhereTheOneBeforeAndItsStatesAreGone() {
        followAnEarlierEpoch(0);
    }

    /** When it wakes there is a record at the place that it had read to. */
    @Test
    void shouldFollowALogOfAnEarlierEpochThatGrewBeyondItsPlaceWhileItWasPaused() {
        followAnEarlierEpoch(20_000);
    }

    private void followAnEarlierEpoch(int pausedMillis) {
        LogNode feed = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(5_000);
        long before = gateway.snapshot().epoch();
        gateway.isPaused = true;
        cluster.nodes.remove(feed);
        cluster.journal.replaceLog();
        cluster.journal.forgetStates();
        cluster.start(true, -TimeUnit.HOURS.toMicros(1));
        cluster.run(pausedMillis);
        gateway.isPaused = false;
        cluster.run(5_000);
        assertThat(gateway.hindrance()).isEmpty();
        assertThat(gateway.snapshot().epoch()).isLessThan(before);
        cluster.settle();
        cluster.checkAgreement("after");
    }

    @Test
    void shouldKeepListedWhatANewEpochWillListAgain() {
        LogNode feed = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(3_000);
        long before = gateway.snapshot().epoch();
        int listed = gateway.shard.count();
        cluster.nodes.remove(feed);
        cluster.journal.replaceLog();
        cluster.start(true);
        int waited = 0;
        while (gateway.shard.epoch() == before) {
            assertThat(gateway.shard.count()).isEqualTo(listed);
            cluster.step(10);
            assertThat(waited += 10).isLessThan(20_000);
        }
        assertThat(gateway.shard.count()).isGreaterThanOrEqualTo(listed);
        cluster.settle();
        cluster.checkAgreement("after");
    }
}
