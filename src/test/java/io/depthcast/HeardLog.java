package io.depthcast;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged while it is open. Any thread. */
public final class HeardLog implements AutoCloseable {
    private final Logger logger;
    private final Level before;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private HeardLog(Logger logger, Level level) {
        this.logger = logger;
        this.before = logger.getLevel();
        lines.start();
        logger.setLevel(level);
        logger.addAppender(lines);
    }

    /** By one class, from that level on. */
    public static HeardLog of(Class<?> teller, Level level) {
        return new HeardLog((Logger) LoggerFactory.getLogger(teller), level);
    }

    /** By everybody, from that level on. */
    public static HeardLog ofAll(Level level) {
        return new HeardLog((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME), level);
    }

    /** So far, the oldest first. */
    public List<ILoggingEvent> lines() {
        // The appender's own lock.
        synchronized (lines) {
            return List.copyOf(lines.list);
        }
    }

    /** Warnings and errors, but for those of a machine that lets threads wait. */
    public List<String> complaints() {
        return lines().stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(line -> !line.getLoggerName().endsWith("BlockedThreadChecker"))
                .map(line -> line.getLevel() + " " + line.getLoggerName() + " " + line.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setLevel(before);
    }
}
