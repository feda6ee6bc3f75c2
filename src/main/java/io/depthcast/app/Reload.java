package io.depthcast.app;

import io.depthcast.config.Reading;
import io.depthcast.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a changed configuration while the gateway runs: all of it that can change now, or nothing if anything in it is
 * wrong. What cannot change now waits for the next start, and the log says so. One thread.
 */
final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    /** What the gateway runs on from now on. */
    interface Target {
        void take(Settings settings);

        void refused();
    }

    private final Supplier<Reading> reader;
    private List<Setting> current;
    /** Whether what was read last was wrong. */
    private boolean refused;

    /** @param current what the gateway was started with */
    Reload(Supplier<Reading> reader, List<Setting> current) {
        this.reader = reader;
        this.current = current;
    }

    /** Reads all sources again. Nothing is done if every value is as before, but for taking a mistake back. */
    void now(Target target) {
        Reading reading = reader.get();
        if (reading instanceof Reading.Refused wrong) {
            refused = true;
            target.refused();
            LOG.atError()
                    .addKeyValue("mistakes", String.join("; ", wrong.mistakes()))
                    .log("the changed configuration is wrong; the former one stays");
        } else if (reading instanceof Reading.Accepted accepted) {
            take(accepted.settings(), target);
        }
    }

    private void take(List<Setting> read, Target target) {
        Map<String, Object> before = current.stream()
                .collect(Collectors.toMap(setting -> setting.key().name(), Setting::value));
        List<Setting> effective = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            String name = read.get(i).key().name();
            boolean changed = !read.get(i).value().equals(before.get(name));
            if (changed) {
                (LiveParts.KEYS.contains(name) ? taken : waiting).add(name);
            }
            effective.add(LiveParts.KEYS.contains(name) ? read.get(i) : current.get(i));
        }
        if (taken.isEmpty() && waiting.isEmpty() && !refused) {
            return;
        }
        refused = false;
        current = List.copyOf(effective);
        target.take(Settings.of(current));
        LOG.atInfo().addKeyValue("keys", String.join(" ", taken)).log("the changed configuration is taken");
        if (!waiting.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("keys", String.join(" ", waiting))
                    .log("some of the changed configuration needs a restart");
        }
    }
}
