package io.depthcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.BatchDecoder;
import io.depthcast.feed.BatchEncoder;
import io.depthcast.feed.BatchReading;
import io.depthcast.feed.EventBatch;
import org.junit.jupiter.api.Test;

/** A node whose memory has changed a price: only the sum that the feed writes can tell it. */
class DisprovedNodeTest {
    private static final int MANY_MILLIS = 5_000;
    /** Where no source of these tests has a level. */
    private static final int FAR_TICKS = 7;

    private final LogCluster cluster = new LogCluster(20261130, 0);
    private boolean isChanged;

    @Test
    void shouldLeaveTheBooksOfAGatewayAndTakeStatesAnew() {
        cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(MANY_MILLIS);
        assertThat(gateway.hindrance()).isEmpty();
        gateway.isWrong = true;
        gateway.link.memory = this::changedOnce;
        while (cluster.disproved() == 0) {
            cluster.step(10);
        }
        assertThat(isChanged).isTrue();
        assertThat(gateway.hindrance()).isNotEmpty();
        gateway.isWrong = false;
        gateway.published.clear();
        cluster.run(MANY_MILLIS);
        assertThat(gateway.hindrance()).isEmpty();
        cluster.settle();
        cluster.checkAgreement("after");
        assertThat(cluster.disproved()).isEqualTo(1);
    }

    @Test
    void shouldEndAFeedAndHaveAnotherSpeak() {
        LogNode feed = cluster.start(true);
        cluster.run(MANY_MILLIS);
        LogNode standby = cluster.start(true);
        LogNode gateway = cluster.start(false);
        cluster.run(MANY_MILLIS);
        feed.isWrong = true;
        feed.link.memory = this::changedOnce;
        while (feed.ended.isEmpty()) {
            cluster.step(10);
        }
        assertThat(feed.ended).contains("are not those of n0");
        cluster.run(MANY_MILLIS);
        assertThat(standby.isSpeaking()).isTrue();
        assertThat(gateway.hindrance()).isEmpty();
        cluster.settle();
        cluster.checkAgreement("after");
    }

    /** The first batch of nothing but levels has one of them at a price that the feed never tells. */
    private LogRecord changedOnce(LogRecord record) {
        if (isChanged
                || !(new BatchDecoder().decode(record.bytes(), 0, record.bytes().length, 0)
                        instanceof BatchReading.Read read)) {
            return record;
        }
        EventBatch batch = read.batch();
        EventBatch.Builder changed = new EventBatch.Builder(batch.epoch(), batch.previous(), batch.firstSequence());
        for (int i = 0; i < batch.count(); i++) {
            if (!batch.kind(i).isLevel()) {
                return record;
            }
            changed.level(
                    batch.instrumentId(i),
                    batch.kind(i).side(),
                    i == 0 ? FAR_TICKS : batch.priceTicks(i),
                    1 + batch.sizeLots(i),
                    batch.timeMicros(i));
        }
        isChanged = batch.count() > 0;
        EventBatch other = isChanged ? changed.build(batch.wallMicros(), 0) : batch;
        return new LogRecord(
                record.offset(), record.appendMillis(), new BatchEncoder().encode(other, read.term(), read.writer()));
    }
}
