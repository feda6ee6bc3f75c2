package io.depthcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker that other tests rest on is a real one, and does what its name for it says. */
@NeedsBroker
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class KafkaBrokerTest {
    private static final TopicPartition PLACE = new TopicPartition("kept", 0);

    @Test
    void shouldKeepWhatItAcknowledgedOverAKillAndAnswerNothingWhilePaused() throws Exception {
        try (KafkaBroker broker = KafkaBroker.started();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap(), "reconnect.backoff.max.ms", 100),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            broker.createTopic("kept", 1, Map.of());
            producer.send(record("before")).get(60, TimeUnit.SECONDS);
            broker.kill();
            broker.start();
            producer.send(record("after")).get(60, TimeUnit.SECONDS);
            broker.pause();
            Future<RecordMetadata> paused = producer.send(record("while paused"));
            assertThatThrownBy(() -> paused.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            broker.resume();
            producer.flush();

            assertThat(all(broker)).containsExactly("before", "after", "while paused");
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String text) {
        return new ProducerRecord<>("kept", text.getBytes(UTF_8));
    }

    private static List<String> all(KafkaBroker broker) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(PLACE));
            consumer.seekToBeginning(List.of(PLACE));
            long end = consumer.endOffsets(List.of(PLACE)).get(PLACE);
            List<String> texts = new ArrayList<>();
            while (consumer.position(PLACE) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> texts.add(new String(each.value(), UTF_8)));
            }
            return texts;
        }
    }
}
