package io.depthcast.journal;

import io.depthcast.kafka.KafkaClients;
import io.depthcast.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A log on Kafka: the topic {@code NAME.events} of one partition has the records, the compacted topic {@code NAME.books} the
 * states. What is appended is given to Kafka on a thread of its own, because its client may wait.
 */
public final class KafkaJournal implements Journal {
    static final int PARTITION = 0;
    static final int REQUEST_MILLIS = 5_000;
    /** As little as a broker that comes back is waited for. */
    static final int RECONNECT_MILLIS = 500;
    /** A state of 50,000 levels a side, and more; the topic of states takes it. */
    static final int MAX_RECORD_BYTES = 8_388_608;

    private static final int DELIVERY_MILLIS = 30_000;
    private static final int BLOCK_MILLIS = 2_000;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaSettings brokers;
    private final JournalSettings settings;
    private final ThreadPoolExecutor writer;
    private @Nullable KafkaProducer<String, byte[]> producer;

    KafkaJournal(KafkaSettings brokers, JournalSettings settings) {
        this.brokers = brokers;
        this.settings = settings;
        this.writer = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), run -> {
            Thread thread = new Thread(run, "journal-writer");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void append(byte[] bytes, Outcome outcome) {
        send(new ProducerRecord<>(settings.events(), PARTITION, null, bytes), outcome);
    }

    @Override
    public void keep(String key, byte @Nullable [] state, Outcome outcome) {
        send(new ProducerRecord<>(settings.books(), PARTITION, key, state), outcome);
    }

    private void send(ProducerRecord<String, byte[]> record, Outcome outcome) {
        writer.execute(() -> {
            try {
                var unused = producer().send(record, (written, failure) -> {
                    outcome.done(failure == null ? null : String.valueOf(failure.getMessage()));
                });
            } catch (RuntimeException e) {
                outcome.done(String.valueOf(e.getMessage()));
            }
        });
    }

    /** On the writer's thread: finding the brokers by name may wait, and fail. */
    private KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> made = producer;
        if (made == null) {
            Map<String, Object> all = new HashMap<>();
            all.put(ProducerConfig.ACKS_CONFIG, "all");
            all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
            // A batch of ours is a request of its own: several on their way cost less time than one that waits.
            all.put(ProducerConfig.LINGER_MS_CONFIG, "0");
            all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
            all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
            all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
            all.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
            all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
            made = new KafkaProducer<>(
                    KafkaClients.with(brokers, all), new StringSerializer(), new ByteArraySerializer());
            producer = made;
        }
        return made;
    }

    @Override
    public JournalReader reader() {
        return new KafkaReader(brokers, settings);
    }

    @Override
    public void close() {
        writer.execute(() -> {
            if (producer != null) {
                producer.close(CLOSE);
            }
        });
        writer.shutdown();
        try {
            var unused = writer.awaitTermination(2 * CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
