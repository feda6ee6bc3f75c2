package io.depthcast.journal;

import io.depthcast.kafka.KafkaSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets at a log on Kafka. */
public final class Kafka {
    private static final Logger LOG = LoggerFactory.getLogger(Kafka.class);

    /** The topics are not what they have to be: the message has one line for each mistake. */
    public static final class BadTopics extends Exception {
        private static final long serialVersionUID = 1;

        BadTopics(List<String> mistakes) {
            super(String.join(System.lineSeparator(), mistakes));
        }
    }

    private Kafka() {}

    /**
     * Makes or checks the topics, however long it takes until somebody answers. Waits: not for a loop.
     *
     * @throws BadTopics if they are there and wrong, or missing and may not be made
     */
    public static Journal open(KafkaSettings brokers, JournalSettings settings) throws BadTopics, InterruptedException {
        KafkaTopics topics = new KafkaTopics(brokers, settings);
        String told = "";
        while (true) {
            try {
                List<String> mistakes = topics.check();
                if (!mistakes.isEmpty()) {
                    throw new BadTopics(mistakes);
                }
                return new KafkaJournal(brokers, settings);
            } catch (KafkaTopics.Unreachable e) {
                if (!told.equals(e.getMessage())) {
                    LOG.warn("waits for {}: {}", brokers.bootstrap(), e.getMessage());
                    told = String.valueOf(e.getMessage());
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }
}
