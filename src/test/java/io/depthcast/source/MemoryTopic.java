package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A topic of one partition, read by a consumer in memory. */
final class MemoryTopic {
    static final TopicPartition PLACE = new TopicPartition("prices", 0);

    final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private long offset;

    /** @param end of the partition, as whoever asks is told */
    MemoryTopic(long end) {
        consumer.updatePartitions(PLACE.topic(), List.of(new PartitionInfo(PLACE.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
        end(end);
    }

    void end(long end) {
        consumer.updateEndOffsets(Map.of(PLACE, end));
    }

    /** Has the consumer find it, later. */
    void write(long millis, byte[] value) {
        write(millis, "ACME", value);
    }

    /** @param key null for none */
    void write(long millis, String key, byte[] value) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                PLACE.topic(),
                PLACE.partition(),
                offset++,
                millis,
                TimestampType.CREATE_TIME,
                0,
                0,
                key == null ? null : key.getBytes(UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
        consumer.schedulePollTask(() -> consumer.addRecord(record));
    }
}
