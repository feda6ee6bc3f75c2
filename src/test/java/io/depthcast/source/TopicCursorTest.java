package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.source.TopicCursor.Page;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where a reader of a topic stands, with a consumer in memory and time moved by hand. */
class TopicCursorTest {
    private static final String TOPIC = "prices";
    private static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);
    private static final TopicPartition ONE = new TopicPartition(TOPIC, 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private long nowNanos = 1_000;

    @Test
    void shouldBeginAtTheEndOrAtTheBeginning() {
        partitions(1);
        ends(7, 0);
        TopicCursor newest = cursor(KafkaFeedSettings.NEWEST);
        assertThat(newest.begin(consumer)).isTrue();
        assertThat(consumer.position(ZERO)).isEqualTo(7);

        TopicCursor oldest = cursor(KafkaFeedSettings.OLDEST);
        assertThat(oldest.begin(consumer)).isTrue();
        assertThat(consumer.position(ZERO)).isEqualTo(2);
    }

    @Test
    void shouldSayThatThereIsNoTopic() {
        consumer.updatePartitions(TOPIC, List.of());
        assertThat(cursor(KafkaFeedSettings.NEWEST).begin(consumer)).isFalse();
    }

    @Test
    void shouldBeFreshAsOfWhenTheTopicEndedWhereItHasReadTo() {
        partitions(1);
        ends(4, 0);
        TopicCursor cursor = cursor(KafkaFeedSettings.OLDEST);
        cursor.begin(consumer);
        add(ZERO, 2);
        assertThat(cursor.next(consumer).isFresh()).as("read to 3 of 4").isFalse();
        nowNanos += TimeUnit.SECONDS.toNanos(5);
        add(ZERO, 3);
        Page caughtUp = cursor.next(consumer);
        assertThat(offsets(caughtUp)).containsExactly(3L);
        assertThat(caughtUp.isFresh()).isTrue();
        assertThat(caughtUp.freshNanos()).as("nobody has asked since").isEqualTo(1_000);

        assertThat(cursor.next(consumer).freshNanos()).as("asked again").isEqualTo(nowNanos);
    }

    @Test
    void shouldGoOnWhereItStoodWithAnotherConsumer() {
        partitions(1);
        ends(4, 0);
        TopicCursor cursor = cursor(KafkaFeedSettings.OLDEST);
        cursor.begin(consumer);
        add(ZERO, 2);
        cursor.next(consumer);
        consumer.unsubscribe();

        assertThat(cursor.begin(consumer)).isTrue();
        assertThat(consumer.position(ZERO)).isEqualTo(3);
    }

    @Test
    void shouldReadAPartitionThatAppearsFromItsBeginning() {
        partitions(1);
        ends(4, 9);
        TopicCursor cursor = cursor(KafkaFeedSettings.NEWEST);
        cursor.begin(consumer);
        assertThat(consumer.assignment()).containsExactly(ZERO);
        partitions(2);
        nowNanos += TimeUnit.SECONDS.toNanos(31);
        cursor.next(consumer);

        assertThat(consumer.assignment()).containsExactlyInAnyOrder(ZERO, ONE);
        assertThat(consumer.position(ONE)).isZero();
    }

    @Test
    void shouldSayWhatIsLostAndGoOnFromTheOldest() {
        partitions(1);
        ends(4, 0);
        TopicCursor cursor = cursor(KafkaFeedSettings.NEWEST);
        cursor.begin(consumer);
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(ZERO, 4L)));
        Page lost = cursor.next(consumer);

        assertThat(lost.lost()).isEqualTo("the topic has no more [prices-0 at 4]; it goes on from {prices-0=2}");
        assertThat(consumer.position(ZERO)).isEqualTo(2);
        add(ZERO, 2);
        assertThat(offsets(cursor.next(consumer))).containsExactly(2L);
    }

    private TopicCursor cursor(String from) {
        return new TopicCursor(new KafkaFeedSettings(TOPIC, from), () -> nowNanos);
    }

    private void partitions(int count) {
        consumer.updatePartitions(
                TOPIC,
                LongStream.range(0, count)
                        .mapToObj(number -> new PartitionInfo(TOPIC, (int) number, null, null, null))
                        .toList());
    }

    private void ends(long zero, long one) {
        consumer.updateBeginningOffsets(Map.of(ZERO, 2L, ONE, 0L));
        consumer.updateEndOffsets(Map.of(ZERO, zero, ONE, one));
    }

    private void add(TopicPartition place, long offset) {
        consumer.addRecord(new ConsumerRecord<>(place.topic(), place.partition(), offset, null, "{}".getBytes(UTF_8)));
    }

    private static List<Long> offsets(Page page) {
        return page.records().stream().map(ConsumerRecord::offset).toList();
    }
}
