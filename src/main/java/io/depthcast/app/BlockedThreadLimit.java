package io.depthcast.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vert.x tells of a thread that is blocked every second, from the fifth on with a stack of a hundred lines. Once a minute
 * and thread says as much, with a stack and without each. Any thread.
 */
public final class BlockedThreadLimit extends Filter<ILoggingEvent> {
    private static final String CHECKER = "io.vertx.core.impl.BlockedThreadChecker";
    private static final Pattern BLOCKED = Pattern.compile("Thread (.+) has been blocked for .*", Pattern.DOTALL);
    private static final long PERIOD_MILLIS = TimeUnit.MINUTES.toMillis(1);

    /** By thread, of which there are a few. */
    private final Map<String, Long> toldMillis = new HashMap<>();

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        if (!event.getLoggerName().equals(CHECKER)) {
            return FilterReply.NEUTRAL;
        }
        Matcher blocked = BLOCKED.matcher(event.getFormattedMessage());
        if (!blocked.matches()) {
            return FilterReply.NEUTRAL;
        }
        String kind = blocked.group(1) + (event.getThrowableProxy() == null ? "" : " with its stack");
        Long told = toldMillis.get(kind);
        if (told != null && event.getTimeStamp() - told < PERIOD_MILLIS) {
            return FilterReply.DENY;
        }
        toldMillis.put(kind, event.getTimeStamp());
        return FilterReply.NEUTRAL;
    }
}
