package io.depthcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.KafkaBroker;
import io.depthcast.NeedsBroker;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.kafka.KafkaSettings;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A topic that was deleted and made anew, on a real broker, as who reads it sees it. */
@NeedsBroker
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class TopicIdentityTest {
    private static final JournalSettings NAME = new JournalSettings("identity");

    private final KafkaBroker broker;
    private final KafkaSettings brokers;

    TopicIdentityTest() throws Exception {
        broker = KafkaBroker.shared();
        brokers = new KafkaSettings(broker.bootstrap(), KafkaSettings.NONE);
    }

    @Test
    void shouldNoticeThatTheTopicIsAnotherThoughItHasARecordAtTheSamePlace() throws Exception {
        try (Journal journal = Kafka.open(brokers, NAME);
                JournalReader reader = journal.reader()) {
            append(journal);
            JournalReader.Kept.States before = kept(reader);
            reader.seek(0);
            JournalReader.Polled polled = reader.poll(100);
            while (!(polled instanceof JournalReader.Polled.Records read
                    && read.records().size() == 1)) {
                polled = reader.poll(100);
            }
            makeAnew();
            append(journal);
            append(journal);
            while (!(polled instanceof JournalReader.Polled.Lost)) {
                polled = reader.poll(100);
            }
            JournalReader.Kept.States after = kept(reader);
            assertThat(after.log()).isNotEmpty().isNotEqualTo(before.log());
            assertThat(kept(reader).log()).isEqualTo(after.log());
        }
    }

    /** Until it is taken: who has just lost a topic may not know the new one yet. */
    private static void append(Journal journal) throws Exception {
        String failure = "";
        while (failure != null) {
            CompletableFuture<String> done = new CompletableFuture<>();
            journal.append(new byte[] {1}, done::complete);
            failure = done.get(60, TimeUnit.SECONDS);
        }
    }

    private static JournalReader.Kept.States kept(JournalReader reader) {
        JournalReader.Kept kept = reader.kept();
        while (!(kept instanceof JournalReader.Kept.States)) {
            kept = reader.kept();
        }
        return (JournalReader.Kept.States) kept;
    }

    private void makeAnew() throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(Set.of(NAME.events())).all().get(60, TimeUnit.SECONDS);
        }
        // Its name may be taken for a moment longer.
        boolean isMade = false;
        while (!isMade) {
            try {
                isMade = new KafkaTopics(brokers, NAME).check().isEmpty();
            } catch (KafkaException | KafkaTopics.Unreachable e) {
                isMade = false;
            }
        }
    }
}
