package io.depthcast.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.Logger;

/**
 * How the log is written until the configuration is read, and where to. Logback finds it as a service. It is no
 * {@code logback.xml}, whose reading takes a twentieth of a start; a file that is named by {@code logback.configurationFile},
 * or one for tests, is read all the same.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    static final String APPENDER = "STDERR";
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level [%thread] %logger{24}: "
            + "%replace(%msg){'[\\r\\n]+', ' '} %kvp{NONE}%n";

    private static final Map<String, Level> LEVELS = Map.of(
            Logger.ROOT_LOGGER_NAME,
            Level.INFO,
            "io.netty",
            Level.WARN,
            // Whoever comes while a port closes is closed as well, which is nothing to warn of.
            "io.netty.bootstrap.ServerBootstrap",
            Level.ERROR,
            // Vert.x registers the same gauges for each server; the first serves all, and Micrometer warns of the
            // second.
            "io.micrometer.core.instrument.MeterRegistry",
            Level.ERROR,
            // A message that arrives while its taker stops is nothing to warn of.
            "io.vertx.core.eventbus.impl.MessageConsumerImpl",
            Level.ERROR,
            // It says all its settings at each start, and once a second that a broker is away; what matters we say
            // ourselves.
            "org.apache.kafka",
            Level.ERROR);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null
                || LogSetup.class.getResource("/logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        // Standard output belongs to the start line and to what options print.
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName(APPENDER);
        appender.setTarget("System.err");
        appender.addFilter(new BlockedThreadLimit());
        appender.addFilter(new LineLimit());
        appender.setEncoder(Logging.encoder(context, LogSettings.AUTO));
        appender.start();
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Lines for people. */
    static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
