package io.depthcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What a line looks like, and how many there may be. */
class LoggingTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00.000Z");

    private final Logger logger = new LoggerContext().getLogger("io.depthcast.test");
    private final LineLimit limit = new LineLimit();

    @Test
    void shouldWriteAnEventAsOneLineOfJson() {
        LoggingEvent event = event("it is {}\n\"so\"", NOON.toEpochMilli(), new IllegalStateException("odd"), 7);
        event.addKeyValuePair(new KeyValuePair("session", "abc"));
        event.addKeyValuePair(new KeyValuePair("code", 4003));

        String line = new String(new JsonLines().encode(event), UTF_8);

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        JsonObject json = new JsonObject(line);
        String error = (String) json.remove("error");
        assertThat(error).startsWith("java.lang.IllegalStateException: odd").contains("\n\tat io.depthcast.app");
        assertThat(json)
                .isEqualTo(new JsonObject()
                        .put("time", "2026-11-25T12:00:00Z")
                        .put("level", "INFO")
                        .put("logger", "io.depthcast.test")
                        .put("thread", Thread.currentThread().getName())
                        .put("message", "it is 7\n\"so\"")
                        .put("session", "abc")
                        .put("code", 4003));
    }

    @Test
    void shouldSayHowManyLinesOfAKindWereLeftOut() {
        List<FilterReply> replies = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            replies.add(limit.decide(event("closed {}", NOON.toEpochMilli() + i, null, i)));
        }
        assertThat(replies.subList(0, 10)).containsOnly(FilterReply.NEUTRAL);
        assertThat(replies.subList(10, 12)).containsOnly(FilterReply.DENY);
        assertThat(limit.decide(event("another kind", NOON.toEpochMilli(), null)))
                .isEqualTo(FilterReply.NEUTRAL);

        LoggingEvent later = event("closed {}", NOON.toEpochMilli() + 1_000, null, 12);
        assertThat(limit.decide(later)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(later.getKeyValuePairs()).hasToString("[dropped=\"2\"]");

        LoggingEvent next = event("closed {}", NOON.toEpochMilli() + 1_001, null, 13);
        assertThat(limit.decide(next)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(next.getKeyValuePairs()).isNull();
    }

    private LoggingEvent event(String message, long millis, Throwable cause, Object... values) {
        LoggingEvent event = new LoggingEvent("test", logger, Level.INFO, message, cause, values);
        event.setTimeStamp(millis);
        return event;
    }
}
