package io.depthcast.app;

import static io.depthcast.config.Key.oneOf;

import io.depthcast.config.Key;
import java.util.List;

/** The keys of the log; see {@link Keys}. */
final class LogKeys {
    static final List<Key> ALL = List.of(
            oneOf(
                    "log.format",
                    List.of(LogSettings.AUTO, LogSettings.TEXT, LogSettings.JSON, LogSettings.ECS),
                    LogSettings.AUTO,
                    "lines for people or machines; auto: text on a terminal, else JSON; or ecs"),
            oneOf(
                    "log.level",
                    List.of("error", "warn", "info", "debug"),
                    LogSettings.DEFAULT_LEVEL,
                    "the least that is worth a line"),
            oneOf(
                    "log.addresses",
                    List.of("masked", "full", "none"),
                    LogSettings.DEFAULT_ADDRESSES,
                    "how much of the addresses of clients is logged"));

    private LogKeys() {}
}
