package io.depthcast.app;

import io.depthcast.config.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a file has other content. It reads the file every few seconds, because what a cluster mounts is changed by
 * turning a link, of which the system's own watch hears nothing.
 */
final class ConfigWatch implements AutoCloseable {
    /** How often files are looked at. */
    static final int LOOK_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final byte[] MISSING = {};

    private final Path file;
    private final Runnable onChange;
    private final ScheduledExecutorService thread;
    /** What was read last; none yet, so that a change during the start is noticed as well. */
    private byte @Nullable [] content;

    /** @param file none is watched if there is none */
    ConfigWatch(@Nullable Path file, long periodMillis, Runnable onChange) {
        this.file = file == null ? Path.of("") : file;
        this.onChange = onChange;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread watcher = new Thread(work, "config-watch");
                    watcher.setDaemon(true);
                    return watcher;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        if (file != null) {
            var unused = thread.scheduleWithFixedDelay(this::look, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** Takes the file for changed, whatever is in it; does nothing once it is closed. Any thread. */
    void lookNow() {
        LOG.info("the configuration is read again, as asked by SIGHUP");
        thread.execute(() -> {
            content = null;
            look();
        });
    }

    private void look() {
        try {
            byte[] now = read();
            if (!Arrays.equals(now, content)) {
                content = now;
                onChange.run();
            }
        } catch (RuntimeException e) {
            LOG.error("the changed configuration could not be taken", e);
        }
    }

    private byte[] read() {
        try {
            return RegularFile.read(file);
        } catch (IOException unreadable) {
            return MISSING;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
