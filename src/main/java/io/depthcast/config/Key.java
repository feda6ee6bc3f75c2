package io.depthcast.config;

import java.util.List;
import java.util.Locale;

/**
 * One thing an operator may set.
 *
 * @param name path of the component it fills: {@code feed.eventsPerSecond}
 * @param fallback the value where no source has one, of the type that {@link Kind#parse} gives
 * @param description one line, with the unit where the name has none
 * @param secret whether the value must never be printed
 */
public record Key(String name, Kind kind, Object fallback, String description, boolean secret) {
    static final String PROPERTY_PREFIX = "depthcast.";
    static final String ENVIRONMENT_PREFIX = "DEPTHCAST_";
    private static final String MASK = "****";

    public static Key number(String name, long min, long max, long fallback, String description) {
        return new Key(name, new Kind.WholeNumber(min, max), fallback, description, false);
    }

    public static Key word(String name, String fallback, String description) {
        return new Key(name, new Kind.Word(), fallback, description, false);
    }

    public static Key oneOf(String name, List<String> names, String fallback, String description) {
        return new Key(name, new Kind.OneOf(names), fallback, description, false);
    }

    public static Key flag(String name, boolean fallback, String description) {
        return new Key(name, new Kind.Flag(), fallback, description, false);
    }

    /**
     * What a type of its own reads: one word, or several with commas in between.
     *
     * @param expectation what an operator is told it may be
     * @param reader gives null for what is wrong
     */
    public static Key words(
            String name, Object fallback, String expectation, Kind.Words.Reader reader, String description) {
        return new Key(name, new Kind.Words(expectation, reader), fallback, description, false);
    }

    public Key asSecret() {
        return new Key(name, kind, fallback, description, true);
    }

    /** {@code DEPTHCAST_FEED_EVENTSPERSECOND}. */
    public String environmentName() {
        return ENVIRONMENT_PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** How a value may be shown. */
    String shown(Object value) {
        return secret ? MASK : value.toString();
    }
}
