package io.depthcast.app;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.config.Records;
import io.depthcast.http.DrainSettings;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of the settings may change while the gateway runs. A further part is a line here and somebody who listens for it. */
final class LiveParts {
    static final List<Class<? extends Record>> ALL = List.of(
            LimitSettings.class, PaceSettings.class, AdmissionSettings.class, DrainSettings.class, LogSettings.class);

    /** Keys of these parts that are asked once, when the server or the log is set up. */
    private static final Set<String> ASKED_ONCE = Set.of(
            "limits.requestHeadBytes",
            "limits.frameBytes",
            "limits.messageBytes",
            "limits.sendBufferBytes",
            "log.format",
            "log.addresses");

    /** Keys that need no restart. */
    static final Set<String> KEYS = keys();

    private LiveParts() {}

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>(Records.keys(Settings.class, ALL));
        keys.removeAll(ASKED_ONCE);
        return Set.copyOf(keys);
    }

    static List<Record> of(Settings settings) {
        return Records.parts(settings, ALL);
    }
}
