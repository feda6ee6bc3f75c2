package io.depthcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * A log event as one line of JSON: {@code {"time":"2026-11-25T02:51:15.809Z",names.level():"INFO","logger":"...",
 * "thread":"...","message":"...","session":"..."}}; what an event is about stands beside the message, an exception with its
 * stack in {@code error}. Logback's own encoder wraps these pairs in lists, which log stores do not index.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    /**
     * What the fields of a line are called.
     *
     * @param isEcs whether the lines say by which schema they are written, and of what service
     * @param prefix of what an event is about
     */
    record Names(
            boolean isEcs,
            String time,
            String level,
            String logger,
            String thread,
            String message,
            String error,
            String prefix) {
        static final Names OWN = new Names(false, "time", "level", "logger", "thread", "message", "error", "");
        /** Elastic Common Schema 8.11. */
        static final Names ECS = new Names(
                true,
                "@timestamp",
                "log.level",
                "log.logger",
                "process.thread.name",
                "message",
                "error.stack_trace",
                "depthcast.");
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NOTHING = {};

    private final Names names;

    JsonLines(Names names) {
        this.names = names;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            write(event, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString().getBytes(UTF_8);
    }

    private void write(ILoggingEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (names.isEcs()) {
            json.writeStringField("ecs.version", "8.11.0");
            json.writeStringField("service.name", "depthcast");
        }
        json.writeStringField(names.time(), event.getInstant().toString());
        json.writeStringField(names.level(), event.getLevel().toString());
        json.writeStringField(names.logger(), event.getLoggerName());
        json.writeStringField(names.thread(), event.getThreadName());
        json.writeStringField(names.message(), event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                write(pair, json);
            }
        }
        if (event.getThrowableProxy() != null) {
            json.writeStringField(names.error(), ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        json.writeEndObject();
    }

    private void write(KeyValuePair pair, JsonGenerator json) throws IOException {
        json.writeFieldName(names.prefix() + pair.key);
        if (pair.value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(String.valueOf(pair.value));
        }
    }
}
