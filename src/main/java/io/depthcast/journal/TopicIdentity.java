package io.depthcast.journal;

import io.depthcast.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Which topic stands under a name: one that was deleted and made anew has its name and offsets from 0 on, but another id, by
 * which the brokers tell it from the former. Brokers before 2.8 have none, and all topics are one to them. One thread.
 */
final class TopicIdentity implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final KafkaSettings brokers;
    private final String topic;
    private @Nullable Admin admin;
    private @Nullable KafkaFuture<Map<String, TopicDescription>> asked;
    private long askedNanos;
    private String id = "";

    TopicIdentity(KafkaSettings brokers, String topic) {
        this.brokers = brokers;
        this.topic = topic;
    }

    /**
     * The id of the topic that stands there now, to which {@link #hasChanged} compares from now on. Waits.
     *
     * @throws KafkaException if nobody says
     */
    String ask() {
        asked = null;
        id = id(describe());
        return id;
    }

    /** Whether another topic stands there, as far as was heard; asks once a second, and does not wait. */
    boolean hasChanged(long nowNanos) {
        KafkaFuture<Map<String, TopicDescription>> answer = asked;
        if (answer == null) {
            if (nowNanos - askedNanos >= LOOK_NANOS) {
                askedNanos = nowNanos;
                asked = describe();
            }
            return false;
        }
        if (!answer.isDone()) {
            return false;
        }
        asked = null;
        // Where nobody answers, or no topic is there now, reading tells that.
        return !answer.isCompletedExceptionally() && !id(answer).equals(id);
    }

    private KafkaFuture<Map<String, TopicDescription>> describe() {
        if (admin == null) {
            admin = KafkaTopics.admin(brokers);
        }
        return admin.describeTopics(Set.of(topic)).allTopicNames();
    }

    private String id(KafkaFuture<Map<String, TopicDescription>> answer) {
        try {
            Map<String, TopicDescription> described = answer.get(KafkaJournal.REQUEST_MILLIS, TimeUnit.MILLISECONDS);
            return Objects.requireNonNull(described.get(topic)).topicId().toString();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the topic " + topic + " cannot be described: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
