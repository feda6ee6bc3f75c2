package io.depthcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.BatchEncoder;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Who speaks, who joins and who is believed at one log; time is moved by hand. */
class TakeoverTest {
    private final LogCluster cluster = new LogCluster(20261129, 0);

    @Test
    void shouldTakeOverWithinFiveSecondsAndGoOnInTheSameEpoch() {
        LogNode feed = cluster.start(true);
        cluster.run(3_000);
        LogNode standby = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(3_000);
        FeedSnapshot before = gateway.snapshot();
        cluster.nodes.remove(feed);
        int waited = 0;
        while (!standby.isSpeaking()) {
            assertThat(waited += 10).isLessThan(5_000);
            cluster.step(10);
        }
        cluster.run(500);
        assertThat(gateway.snapshot().epoch()).isEqualTo(before.epoch());
        assertThat(gateway.snapshot().sequence()).isGreaterThan(before.sequence());
        assertThat(gateway.snapshots()).as("snapshots, one at its start").isEqualTo(1);
    }

    @Test
    void shouldHandOverWithoutAStaleSecond() {
        LogNode feed = cluster.start(true);
        cluster.run(3_000);
        LogNode standby = cluster.start(true);
        cluster.run(3_000);
        feed.leave();
        int waited = 0;
        while (!standby.isSpeaking()) {
            assertThat(waited += 10).isLessThan(1_000);
            cluster.step(10);
        }
    }

    @Test
    void shouldNotCallItATakeoverWhereTheFormerFeedHasLeft() {
        LogNode feed = cluster.start(true);
        cluster.run(3_000);
        LogNode standby = cluster.start(true);
        cluster.run(3_000);
        feed.leaveSlowly();
        cluster.run(3_000);
        assertThat(standby.isSpeaking()).isTrue();
        assertThat(feed.ended).isEmpty();
    }

    @Test
    void shouldBelieveNobodyWhoWasPausedAndHaveItEnd() {
        LogNode feed = cluster.start(true);
        cluster.run(3_000);
        LogNode standby = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(3_000);
        feed.isPaused = true;
        cluster.run(30_000);
        assertThat(standby.isSpeaking()).isTrue();
        feed.isPaused = false;
        cluster.run(1_000);
        assertThat(feed.ended).startsWith("another feed speaks: n1, term 2");
        assertThat(gateway.hindrance()).isEmpty();
        cluster.settle();
        cluster.checkAgreement("after");
    }

    @Test
    void shouldSayAgainWhatAWriterHadSaidWhileItWasCutOff() {
        LogNode feed = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(3_000);
        feed.link.cut = true;
        cluster.run(1_000);
        FeedSnapshot behind = gateway.snapshot();
        feed.link.cut = false;
        cluster.run(5_000);
        assertThat(gateway.snapshot().sequence()).isGreaterThan(behind.sequence());
        assertThat(gateway.snapshot().epoch()).isEqualTo(behind.epoch());
        cluster.settle();
        cluster.checkAgreement("after");
        assertThat(cluster.gone).isEmpty();
    }

    @Test
    void shouldNotCallLiveWhatItReadsLateAndBeLiveSoonAfterAPause() {
        cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(5_000);
        assertThat(gateway.hindrance()).isEmpty();
        gateway.isPaused = true;
        cluster.run(30_000);
        gateway.isPaused = false;
        int turns = 0;
        for (; turns == 0 || !gateway.hindrance().isEmpty(); turns++) {
            assertThat(turns).as("turns of 10 ms").isLessThan(300);
            cluster.step(10);
        }
        assertThat(turns).as("it was not live from the first record on").isGreaterThan(1);
        cluster.settle();
        assertThat(gateway.snapshots()).isEqualTo(2);
        cluster.checkAgreement("after");
    }

    @Test
    void shouldJoinByStatesWhereTheLogDoesNotHaveEverythingAnyMore() {
        cluster.start(true);
        cluster.run(30_000);
        cluster.journal.keepOnly(2_500);
        LogNode late = cluster.start(false);
        cluster.run(3_000);
        cluster.settle();
        assertThat(late.hindrance()).isEmpty();
        cluster.checkAgreement("after");
    }

    @Test
    void shouldSayWhyItCannotJoinWhereTheLogIsKeptTooShort() {
        cluster.start(true);
        cluster.run(30_000);
        cluster.journal.keepOnly(20);
        LogNode late = cluster.start(false);
        cluster.step(10);
        assertThat(late.hindrance()).contains("it is kept too short, or nobody writes states");
        cluster.run(15_000);
        assertThat(late.hindrance()).isEmpty();
    }

    @Test
    void shouldBeginANewEpochWhereTheLogHasBecomeEmpty() {
        LogNode feed = cluster.start(true);
        cluster.run(30_000);
        LogNode gateway = cluster.start(false);
        cluster.run(1_000);
        long before = gateway.snapshot().epoch();
        cluster.nodes.remove(feed);
        cluster.journal.keepOnly(0);
        cluster.run(10_000);
        cluster.start(true, -TimeUnit.HOURS.toMicros(1));
        cluster.run(5_000);
        assertThat(gateway.snapshot().epoch()).isGreaterThan(before);
        cluster.settle();
        cluster.checkAgreement("after");
    }

    @Test
    void shouldStandStillAtARecordOfALaterVersionAndSaySo() {
        cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(3_000);
        byte[] later = new BatchEncoder().encode(new EventBatch.Builder(1, 1).build(1, 1), 9, "later");
        later[0] = 9;
        CRC32C crc = new CRC32C();
        crc.update(later, 0, later.length - Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            later[later.length - Integer.BYTES + i] = (byte) (crc.getValue() >>> (Byte.SIZE * i));
        }
        cluster.journal.add(later);
        cluster.run(5_000);
        assertThat(gateway.hindrance()).contains("is of version 9, which this one does not know");
        assertThat(cluster.gone.get(0).ended).contains("is of version 9, which this one does not know");
    }
}
