package io.depthcast.journal;

import io.depthcast.kafka.KafkaClients;
import io.depthcast.kafka.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of a log: makes them if they are missing and may be made, and finds what is wrong with those there are. Waits. */
final class KafkaTopics {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
    private static final int ANSWER_SECONDS = 10;
    private static final String POLICY = "cleanup.policy";
    private static final String STAMPS = "message.timestamp.type";

    /** Nobody has answered; later somebody may. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1;

        Unreachable(String reason) {
            super(reason);
        }
    }

    private final KafkaSettings brokers;
    private final JournalSettings settings;

    KafkaTopics(KafkaSettings brokers, JournalSettings settings) {
        this.brokers = brokers;
        this.settings = settings;
    }

    /** Of the records: in the order of the log's clock, kept for an hour. */
    private static Map<String, String> eventsConfig() {
        return Map.of(
                POLICY,
                "delete",
                STAMPS,
                "LogAppendTime",
                "retention.ms",
                Long.toString(TimeUnit.HOURS.toMillis(1)),
                "segment.ms",
                Long.toString(TimeUnit.MINUTES.toMillis(10)),
                "max.message.bytes",
                Integer.toString(KafkaJournal.MAX_RECORD_BYTES));
    }

    /** Of the states: the newest of each key, with little of the older ones. */
    private static Map<String, String> booksConfig() {
        return Map.of(
                POLICY,
                "compact",
                "segment.ms",
                Long.toString(TimeUnit.MINUTES.toMillis(1)),
                "segment.bytes",
                Integer.toString(67_108_864),
                "min.cleanable.dirty.ratio",
                "0.1",
                "delete.retention.ms",
                Long.toString(TimeUnit.MINUTES.toMillis(10)),
                "max.message.bytes",
                Integer.toString(KafkaJournal.MAX_RECORD_BYTES));
    }

    /** Whoever asks or makes topics; to be closed. */
    static Admin admin(KafkaSettings brokers) {
        return Admin.create(KafkaClients.with(
                brokers,
                Map.of(
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, KafkaJournal.REQUEST_MILLIS,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, KafkaJournal.REQUEST_MILLIS,
                        AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, KafkaJournal.RECONNECT_MILLIS)));
    }

    /**
     * What is wrong, one line each; empty if nothing is.
     *
     * @throws Unreachable if nobody answers
     */
    List<String> check() throws Unreachable, InterruptedException {
        List<String> mistakes = new ArrayList<>();
        try (Admin admin = admin(brokers)) {
            check(admin, settings.events(), eventsConfig(), mistakes);
            check(admin, settings.books(), booksConfig(), mistakes);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof AuthorizationException) {
                mistakes.add("kafka.bootstrap: " + cause.getMessage());
            } else {
                throw new Unreachable(cause.getClass().getSimpleName() + ": " + cause.getMessage());
            }
        } catch (TimeoutException | org.apache.kafka.common.KafkaException e) {
            throw new Unreachable(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return mistakes;
    }

    private void check(Admin admin, String topic, Map<String, String> config, List<String> mistakes)
            throws ExecutionException, InterruptedException, TimeoutException {
        TopicDescription described;
        try {
            described = describe(admin, topic);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            make(admin, topic, config, mistakes);
            return;
        }
        if (described.partitions().size() != 1) {
            mistakes.add("topic " + topic + ": expected one partition, for one order of all, got "
                    + described.partitions().size());
        }
        checkConfig(admin, topic, config, mistakes);
    }

    private static TopicDescription describe(Admin admin, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        return Objects.requireNonNull(admin.describeTopics(Set.of(topic))
                .allTopicNames()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .get(topic));
    }

    /** With as many replicas as the broker gives a topic. */
    private static void make(Admin admin, String topic, Map<String, String> config, List<String> mistakes)
            throws ExecutionException, InterruptedException, TimeoutException {
        NewTopic missing = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(config);
        try {
            admin.createTopics(Set.of(missing)).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            LOG.info("made the topic {}", topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                mistakes.add("topic " + topic + ": is missing and may not be made here; make it with " + config
                        + " and one partition");
            } else if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void checkConfig(Admin admin, String topic, Map<String, String> config, List<String> mistakes)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config found;
        try {
            found = Objects.requireNonNull(admin.describeConfigs(Set.of(resource))
                    .all()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .get(resource));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.info("the settings of the topic {} may not be looked at here", topic);
                return;
            }
            throw e;
        }
        for (String name : List.of(POLICY, STAMPS)) {
            ConfigEntry entry = found.get(name);
            String expected = config.get(name);
            if (expected != null && entry != null && !expected.equals(entry.value())) {
                mistakes.add("topic " + topic + ": expected " + name + "=" + expected + ", got " + entry.value());
            }
        }
    }
}
