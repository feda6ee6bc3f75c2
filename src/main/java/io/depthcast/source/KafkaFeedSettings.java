package io.depthcast.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which topic of Kafka brings publishing messages.
 *
 * @param topic its name, or {@value #NONE}
 * @param from where to begin at the start: {@value #NEWEST}, {@value #OLDEST}, or a time such as 2026-11-29T08:00:00Z
 */
public record KafkaFeedSettings(String topic, String from) {
    public static final String NONE = "none";
    public static final String NEWEST = "newest";
    public static final String OLDEST = "oldest";
    public static final KafkaFeedSettings OFF = new KafkaFeedSettings(NONE, NEWEST);

    /** As Kafka itself has it. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9._-]{1,249}");

    /** The text if it can be the name of a topic, else null. */
    public static @Nullable String parseTopic(String text) {
        return TOPIC.matcher(text).matches() ? text : null;
    }

    /** The text if it says where to begin, else null. */
    public static @Nullable String parseFrom(String text) {
        return text.equals(NEWEST) || text.equals(OLDEST) || millis(text) >= 0 ? text : null;
    }

    public boolean isOn() {
        return !topic.equals(NONE);
    }

    /** The time to begin at, milliseconds since 1970; -1 if none is named. */
    long fromMillis() {
        return millis(from);
    }

    private static long millis(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException notOne) {
            return -1;
        }
    }
}
