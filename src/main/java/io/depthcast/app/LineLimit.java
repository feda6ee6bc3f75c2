package io.depthcast.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.depthcast.config.Kind;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * At most ten lines a second of one kind, so that a fault that meets every client does not fill the disk. The next line of
 * that kind says how many were left out. A kind is a message before its values are filled in. Any thread.
 */
public final class LineLimit extends Filter<ILoggingEvent> {
    private static final int LINES_PER_SECOND = 10;
    private static final int SECOND_MILLIS = 1_000;
    /** Beyond, because a library makes its messages up, all are forgotten. */
    private static final int MAX_KINDS = 1_000;

    private static final class Kind {
        private long second;
        private int lines;
        private long dropped;
    }

    private final Map<String, Kind> kinds = new HashMap<>();

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        if (kinds.size() >= MAX_KINDS) {
            kinds.clear();
        }
        Kind kind = kinds.computeIfAbsent(event.getMessage(), message -> new Kind());
        long second = Math.floorDiv(event.getTimeStamp(), (long) SECOND_MILLIS);
        if (second != kind.second) {
            kind.second = second;
            kind.lines = 0;
        }
        if (kind.lines == LINES_PER_SECOND) {
            kind.dropped++;
            return FilterReply.DENY;
        }
        kind.lines++;
        if (kind.dropped > 0 && event instanceof LoggingEvent open) {
            open.addKeyValuePair(new KeyValuePair("dropped", kind.dropped));
            kind.dropped = 0;
        }
        return FilterReply.NEUTRAL;
    }
}
