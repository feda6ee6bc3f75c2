package io.depthcast.journal;

import io.depthcast.kafka.KafkaClients;
import io.depthcast.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads a log on Kafka. In no group: each node reads all of it. One thread. */
final class KafkaReader implements JournalReader {
    private static final int MAX_RECORDS = 2_000;
    private static final int FETCH_BYTES = 16_777_216;
    /** A broker waits so long for a first byte; until it answers, no other question on the connection is answered. */
    private static final int FETCH_WAIT_MILLIS = 100;

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration STATES = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final KafkaSettings brokers;
    private final TopicPartition events;
    private final TopicPartition books;
    private final TopicIdentity identity;
    private @Nullable KafkaConsumer<String, byte[]> consumer;

    KafkaReader(KafkaSettings brokers, JournalSettings settings) {
        this.brokers = brokers;
        this.events = new TopicPartition(settings.events(), KafkaJournal.PARTITION);
        this.books = new TopicPartition(settings.books(), KafkaJournal.PARTITION);
        this.identity = new TopicIdentity(brokers, settings.events());
    }

    private KafkaConsumer<String, byte[]> make() {
        Map<String, Object> all = new HashMap<>();
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        all.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, KafkaJournal.REQUEST_MILLIS);
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, KafkaJournal.REQUEST_MILLIS);
        all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, KafkaJournal.RECONNECT_MILLIS);
        return new KafkaConsumer<>(
                KafkaClients.with(brokers, all), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Kept kept() {
        try (KafkaConsumer<String, byte[]> reading = make()) {
            // Before anything is read: what is of a later one is noticed then.
            String log = identity.ask();
            reading.assign(Set.of(books));
            reading.seekToBeginning(Set.of(books));
            long end = end(reading, books, ANSWER);
            long deadlineNanos = System.nanoTime() + STATES.toNanos();
            Map<String, byte[]> states = new HashMap<>();
            while (reading.position(books, ANSWER) < end) {
                for (ConsumerRecord<String, byte[]> record : reading.poll(POLL).records(books)) {
                    take(record, states);
                }
                if (System.nanoTime() - deadlineNanos > 0) {
                    return new Kept.Unreachable("the states could not be read within " + STATES.toSeconds() + " s");
                }
            }
            long oldest = Objects.requireNonNull(
                    reading.beginningOffsets(Set.of(events), ANSWER).get(events));
            return new Kept.States(log, states, oldest, end(reading, events, ANSWER));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            return new Kept.Unreachable(reason(e));
        }
    }

    private static long end(KafkaConsumer<String, byte[]> reading, TopicPartition of, Duration timeout) {
        return Objects.requireNonNull(reading.endOffsets(Set.of(of), timeout).get(of));
    }

    private static void take(ConsumerRecord<String, byte[]> record, Map<String, byte[]> states) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            states.remove(record.key());
        } else {
            states.put(record.key(), record.value());
        }
    }

    @Override
    public void seek(long offset) {
        if (consumer == null) {
            consumer = make();
            consumer.assign(Set.of(events));
        }
        consumer.seek(events, offset);
    }

    @Override
    public Polled poll(int waitMillis) {
        KafkaConsumer<String, byte[]> reading = Objects.requireNonNull(consumer, "nobody has sought a place");
        try {
            ConsumerRecords<String, byte[]> found = reading.poll(Duration.ofMillis(waitMillis));
            List<LogRecord> records = new ArrayList<>(found.count());
            for (ConsumerRecord<String, byte[]> record : found.records(events)) {
                if (record.value() != null) {
                    records.add(new LogRecord(record.offset(), record.timestamp(), record.value()));
                }
            }
            if (identity.hasChanged(System.nanoTime())) {
                return new Polled.Lost("another topic of its name has taken its place");
            }
            boolean atEnd = records.isEmpty()
                    ? end(reading, events, POLL) == reading.position(events, POLL)
                    : reading.currentLag(events).orElse(-1) == 0;
            return new Polled.Records(records, atEnd);
        } catch (OffsetOutOfRangeException e) {
            return new Polled.Lost(reason(e));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            return new Polled.Unreachable(reason(e));
        }
    }

    private static String reason(KafkaException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    @Override
    public void close() {
        identity.close();
        // The thread is interrupted by now, or the reader has failed: there is nothing that could wait.
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
