package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.feed.FeedBus;
import io.depthcast.feed.Refusal;
import io.depthcast.feed.Source;
import io.depthcast.kafka.KafkaClients;
import io.depthcast.kafka.KafkaSettings;
import io.depthcast.metrics.SourceMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of publishers, from a topic of Kafka: an object, or an array of them, in each record. A topic forgets nothing, so
 * after a broker was away the books go on where they were, without being told whole again.
 */
public final class KafkaSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    /** So that other sources have their turn as well. */
    private static final int RECORDS_PER_POLL = 5_000;
    /** What was in the topic so long ago and is not read yet makes what was read before it old. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(FeedBus.STALE_MILLIS);
    /** As for every publisher: whoever has nothing new says heartbeat before that. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long MICROS_PER_MILLI = 1_000;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final String topic;
    private final SourceMeters meters;
    private final TopicReader reader;
    private final PublishingParser parser = new PublishingParser();
    private final Complaints complaints = new Complaints();
    /** Apart, for one book that waits to be told whole would drown what is wrong with another. */
    private final Complaints waitingComplaints = new Complaints();

    private @Nullable Outcomes outcomes;
    private TopicCursor.@Nullable Page page;
    private int nextOfPage;
    private boolean isFresh;
    /** Read by metrics on other threads too. */
    private volatile long freshNanos = System.nanoTime();

    private boolean isHeard;
    private long heardNanos;

    public KafkaSource(KafkaSettings brokers, KafkaFeedSettings settings, SourceMeters meters) {
        this(settings, meters, () -> consumer(brokers));
    }

    KafkaSource(KafkaFeedSettings settings, SourceMeters meters, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.topic = settings.topic();
        this.meters = meters;
        this.reader = new TopicReader(settings, consumers, meters::reconnected);
        meters.watchBehind(() -> (System.nanoTime() - freshNanos) / NANOS_PER_SECOND);
    }

    private static Consumer<byte[], byte[]> consumer(KafkaSettings brokers) {
        Map<String, Object> ours = Map.of(
                "enable.auto.commit", false,
                "auto.offset.reset", "none",
                "allow.auto.create.topics", false);
        return new KafkaConsumer<>(
                KafkaClients.with(brokers, ours), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public String name() {
        return "kafka";
    }

    /** Fails if Kafka's client does not take what it is told. Brokers or a topic that are not there are waited for. */
    @Override
    public Future<Void> start(Vertx vertx) {
        return reader.start()
                .recover(e -> Future.failedFuture("kafka.bootstrap, kafka.properties: " + TopicReader.reason(e)));
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        Outcomes to = outcomes == null ? new Outcomes(door) : outcomes;
        outcomes = to;
        for (int told = 0; told < RECORDS_PER_POLL && door.hasRoom(); told++) {
            ConsumerRecord<byte[], byte[]> next = next(door);
            if (next == null) {
                break;
            }
            to.tell(next, nowMicros, nowNanos);
        }
        meters.waiting(page == null ? 0 : page.records().size() - nextOfPage);
        boolean isOld = !isFresh || nowNanos - freshNanos > LATE_NANOS;
        door.heartbeat();
        door.late(isOld || !isHeard || nowNanos - heardNanos > SILENCE_NANOS);
    }

    /** Null if none is read yet. */
    private @Nullable ConsumerRecord<byte[], byte[]> next(Door door) {
        while (page == null || nextOfPage == page.records().size()) {
            if (page != null && page.isFresh()) {
                isFresh = page.isFresh();
                freshNanos = page.freshNanos();
            }
            page = reader.poll();
            nextOfPage = 0;
            if (page == null) {
                return null;
            }
            if (page.lost() != null) {
                LOG.warn("records are lost: {}; instruments are stale until told whole again", page.lost());
                door.disconnected();
            }
        }
        return page.records().get(nextOfPage++);
    }

    @Override
    public Future<Void> stop() {
        return reader.stop();
    }

    /** Tells a record and says what became of it. */
    private final class Outcomes implements PublishingParser.Taker {
        private final ObjectEvents events;
        private final Doubts doubts;
        private @Nullable ConsumerRecord<byte[], byte[]> record;
        private long recordMicros;
        private long nowNanos;

        Outcomes(Door door) {
            this.events = new ObjectEvents(door, meters, symbol -> true);
            this.doubts = new Doubts(door);
        }

        void tell(ConsumerRecord<byte[], byte[]> next, long nowMicros, long atNanos) {
            record = next;
            nowNanos = atNanos;
            // What has no time of its own happened when it was written, not when it is read; never ahead of our clock.
            recordMicros = Math.max(0, Math.min(nowMicros, next.timestamp() * MICROS_PER_MILLI));
            byte[] value = next.value();
            if (value == null || value.length > Publishers.MAX_TEXT_BYTES) {
                outcome(
                        Refusals.badRequest("expected an object of at most " + Publishers.MAX_TEXT_BYTES + " bytes"),
                        null);
            } else {
                parser.parse(value, 0, value.length, this);
            }
        }

        @Override
        public @Nullable Refusal take(PublishedObject object) {
            if (object.timeMicros == 0) {
                object.timeMicros = recordMicros;
            }
            return events.tell(object);
        }

        @Override
        public void outcome(@Nullable Refusal refusal, @Nullable PublishedObject object) {
            ConsumerRecord<byte[], byte[]> of = Objects.requireNonNull(record);
            if (refusal == null) {
                isHeard = true;
                heardNanos = nowNanos;
                meters.taken();
                doubts.taken(of.key(), Objects.requireNonNull(object));
                return;
            }
            meters.refused(refusal.code().text());
            String stale = doubts.refused(of.key(), object);
            boolean isWaiting = refusal.code() == Refusal.Code.NO_SNAPSHOT;
            (isWaiting ? waitingComplaints : complaints).refused(of, refusal, stale, nowNanos);
        }
    }

    /** Says what is refused, now and then. */
    private final class Complaints {
        private final MinuteByMinute minutes = new MinuteByMinute();
        private long refusals;

        void refused(ConsumerRecord<byte[], byte[]> record, Refusal refusal, String stale, long nowNanos) {
            refusals++;
            if (minutes.isDue(nowNanos)) {
                LOG.warn(
                        "the topic {} has {} objects refused since the last such line, the newest in partition {} at"
                                + " offset {}: {}: {}; stale until told whole again: {}",
                        topic,
                        refusals,
                        record.partition(),
                        record.offset(),
                        refusal.code().text(),
                        refusal.reason(),
                        stale);
                refusals = 0;
            }
        }
    }
}
