package io.depthcast.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Gives the log the format and the level of the settings, where {@link LogSetup} has set it up. */
final class Logging {
    private static final String OWN = "io.depthcast";
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private Logging() {}

    static void apply(LogSettings settings) {
        level(settings.level());
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(LogSetup.APPENDER)
                        instanceof OutputStreamAppender<ILoggingEvent> appender) {
            Encoder<ILoggingEvent> former = appender.getEncoder();
            appender.setEncoder(encoder(context, settings.format()));
            former.stop();
        }
    }

    /** What writes lines of a format. */
    static Encoder<ILoggingEvent> encoder(LoggerContext context, String format) {
        if (!isJson(format)) {
            return LogSetup.text(context);
        }
        JsonLines encoder = new JsonLines(format.equals(LogSettings.ECS) ? JsonLines.Names.ECS : JsonLines.Names.OWN);
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    /** May be called again at any time. */
    static void level(String level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(OWN).setLevel(Level.toLevel(level));
        }
    }

    private static boolean isJson(String format) {
        return format.equals(LogSettings.JSON)
                || format.equals(LogSettings.ECS)
                || (format.equals(LogSettings.AUTO) && !isTerminal());
    }

    /** Java's console tells of input and output, not of the errors that the log goes to; elsewhere it has to do. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        try {
            if (Files.isSymbolicLink(STDERR)) {
                String target = Files.readSymbolicLink(STDERR).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            }
        } catch (IOException unreadable) {
            // Then it is asked for as where there is no such link.
        }
        return System.console() != null;
    }
}
