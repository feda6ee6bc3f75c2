package io.depthcast.journal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the log is called on the brokers.
 *
 * @param name what the names of its topics begin with; {@value #NONE}: there is no log, all is one process
 */
public record JournalSettings(String name) {
    public static final String NONE = "none";
    public static final JournalSettings DEFAULT = new JournalSettings("depthcast");

    /** What Kafka takes, with room for what follows. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /** The text if topics may be named so, else null. */
    public static @Nullable String parse(String text) {
        return NAME.matcher(text).matches() ? text : null;
    }

    public boolean isOn() {
        return !name.equals(NONE);
    }

    /** Topic of the records. */
    String events() {
        return name + ".events";
    }

    /** Topic of the states. */
    String books() {
        return name + ".books";
    }
}
