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
    void shouldWriteTheNamesOfElasticIfAskedTo() {
        LoggingEvent event = event("it is {}", NOON.toEpochMilli(), new IllegalStateException("odd"), 7);
        event.addKeyValuePair(new KeyValuePair("session", "abc"));

        JsonObject json = new JsonObject(new String(new JsonLines(JsonLines.Names.ECS).encode(event), UTF_8));

        assertThat((String) json.remove("error.stack_trace")).startsWith("java.lang.IllegalStateException: odd");
        assertThat(json)
                .isEqualTo(new JsonObject()
                        .put("ecs.version", "8.11.0")
                        .put("service.name", "depthcast")
                        .put("@timestamp", "2026-11-25T12:00:00Z")
                        .put("log.level", "INFO")
                        .put("log.logger", "io.depthcast.test")
                        .put("process.thread.name", Thread.currentThread().getName())
                        .put("message", "it is 7")
                        .put("depthcast.session", "abc"));
    }

    /** Each line that Vert.x says of a loop that stands is another, so that the limit of kinds does not hold them. */
    @Test
    void shouldTellOfABlockedThreadOnceAMinuteAndOfEachOne() {
        BlockedThreadLimit blocked = new BlockedThreadLimit();
        Logger checker = new LoggerContext().getLogger("io.vertx.core.impl.BlockedThreadChecker");
        long start = NOON.toEpochMilli();

        List<FilterReply> replies = new ArrayList<>();
        for (int second = 0; second <= 61; second++) {
            String message = "Thread gateway-0 has been blocked for " + second * 1_000 + " ms, time limit is 2000 ms";
            LoggingEvent event = new LoggingEvent("", checker, Level.WARN, message, null, new Object[0]);
            event.setTimeStamp(start + second * 1_000L);
            replies.add(blocked.decide(event));
        }
        assertThat(replies).filteredOn(FilterReply.NEUTRAL::equals).hasSize(2);
        assertThat(replies.get(0)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(replies.get(60)).isEqualTo(FilterReply.NEUTRAL);

        LoggingEvent other =
                new LoggingEvent("", checker, Level.WARN, "Thread feed has been blocked for 1 ms", null, new Object[0]);
        other.setTimeStamp(start + 61_000);
        assertThat(blocked.decide(other)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(blocked.decide(event("anything", start, null))).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void shouldWriteAnEventAsOneLineOfJson() {
        LoggingEvent event = event("it is {}\n\"so\"", NOON.toEpochMilli(), new IllegalStateException("odd"), 7);
        event.addKeyValuePair(new KeyValuePair("session", "abc"));
        event.addKeyValuePair(new KeyValuePair("code", 4003));

        String line = new String(new JsonLines(JsonLines.Names.OWN).encode(event), UTF_8);

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
