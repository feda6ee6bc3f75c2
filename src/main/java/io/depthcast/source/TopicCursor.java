package io.depthcast.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader stands in all partitions of a topic, over all consumers that it takes, and up to when it has read all there
 * was. That is judged by our own clock and the ends of the partitions, because the clocks of whoever writes may be wrong.
 * One thread.
 */
final class TopicCursor {
    private static final Duration POLL = Duration.ofMillis(100);
    /** For an answer of the brokers at the start. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** For one in between; later answers are not worth the records that wait meanwhile. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final long MARK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LIST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /**
     * Some records in a row.
     *
     * @param freshNanos when all that was in the topic had been read with them, {@link System#nanoTime()}
     * @param isFresh whether that has ever been
     * @param lost why records are missing before these, null if none is
     */
    record Page(
            List<ConsumerRecord<byte[], byte[]>> records,
            boolean isFresh,
            long freshNanos,
            @Nullable String lost) {}

    private final KafkaFeedSettings settings;
    private final LongSupplier nanos;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    /** What was the end of each partition, and when. */
    private @Nullable Map<TopicPartition, Long> marks;

    private long markNanos;
    private boolean hasMarked;
    private long listedNanos;
    private boolean isFresh;
    private long freshNanos;

    /** @param nanos as {@link System#nanoTime()} */
    TopicCursor(KafkaFeedSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /**
     * Has a new consumer stand where the last one stood, or where to begin.
     *
     * @return whether there is such a topic
     */
    boolean begin(Consumer<byte[], byte[]> consumer) {
        marks = null;
        hasMarked = false;
        List<TopicPartition> found = list(consumer, PATIENCE);
        stand(consumer, found);
        return !found.isEmpty();
    }

    private void stand(Consumer<byte[], byte[]> consumer, List<TopicPartition> found) {
        List<TopicPartition> unknown =
                found.stream().filter(place -> !positions.containsKey(place)).toList();
        if (!unknown.isEmpty()) {
            // What has appeared later is new as a whole.
            positions.putAll(
                    positions.isEmpty() ? first(consumer, unknown) : consumer.beginningOffsets(unknown, PATIENCE));
        }
        consumer.assign(positions.keySet());
        positions.forEach(consumer::seek);
    }

    private List<TopicPartition> list(Consumer<byte[], byte[]> consumer, Duration patience) {
        listedNanos = nanos.getAsLong();
        return consumer.partitionsFor(settings.topic(), patience).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private Map<TopicPartition, Long> first(Consumer<byte[], byte[]> consumer, List<TopicPartition> places) {
        if (settings.from().equals(KafkaFeedSettings.OLDEST)) {
            return consumer.beginningOffsets(places, PATIENCE);
        }
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(places, PATIENCE));
        long millis = settings.fromMillis();
        if (millis >= 0) {
            Map<TopicPartition, Long> times = new HashMap<>();
            places.forEach(place -> times.put(place, millis));
            for (Map.Entry<TopicPartition, @Nullable OffsetAndTimestamp> found :
                    consumer.offsetsForTimes(times, PATIENCE).entrySet()) {
                OffsetAndTimestamp at = found.getValue();
                if (at != null) {
                    offsets.put(found.getKey(), at.offset());
                }
            }
        }
        return offsets;
    }

    /** The next records, if there are any soon. */
    Page next(Consumer<byte[], byte[]> consumer) {
        try {
            mark(consumer);
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
            polled.forEach(records::add);
            positions.replaceAll((place, before) -> consumer.position(place));
            judge();
            return new Page(records, isFresh, freshNanos, null);
        } catch (OffsetOutOfRangeException e) {
            return lost(consumer, e.partitions());
        }
    }

    /** Where the topic ends now, asked now and then; whoever has read as far knows all that there was then. */
    private void mark(Consumer<byte[], byte[]> consumer) {
        long nowNanos = nanos.getAsLong();
        if (marks != null || (hasMarked && nowNanos - markNanos < MARK_NANOS)) {
            return;
        }
        hasMarked = true;
        markNanos = nowNanos;
        try {
            marks = consumer.endOffsets(positions.keySet(), SHORT);
            if (nowNanos - listedNanos > LIST_NANOS) {
                List<TopicPartition> found = list(consumer, SHORT);
                if (found.size() > positions.size()) {
                    stand(consumer, found);
                }
            }
        } catch (TimeoutException away) {
            marks = null;
        }
    }

    private void judge() {
        if (marks != null && hasReached(marks)) {
            marks = null;
            isFresh = true;
            freshNanos = markNanos;
        }
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), Long.MIN_VALUE) >= end.getValue());
    }

    private Page lost(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> places) {
        String was = places.stream()
                .map(place -> place + " at " + positions.get(place))
                .toList()
                .toString();
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(places, PATIENCE);
        positions.putAll(oldest);
        oldest.forEach(consumer::seek);
        marks = null;
        return new Page(List.of(), isFresh, freshNanos, "the topic has no more " + was + "; it goes on from " + oldest);
    }
}
