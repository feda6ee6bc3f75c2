package io.depthcast.app;

import io.depthcast.http.Origins;
import io.depthcast.limit.Networks;
import java.util.List;
import java.util.Locale;

/**
 * One thing an operator may set.
 *
 * @param name path of the component in {@link Settings}: {@code feed.eventsPerSecond}
 * @param fallback the value where no source has one, of the type that {@link Kind#parse} gives
 * @param description one line, with the unit where the name has none
 * @param secret whether the value must never be printed
 */
record Key(String name, Kind kind, Object fallback, String description, boolean secret) {
    static final String PROPERTY_PREFIX = "depthcast.";
    static final String ENVIRONMENT_PREFIX = "DEPTHCAST_";
    private static final String MASK = "****";

    static Key number(String name, long min, long max, long fallback, String description) {
        return new Key(name, new Kind.WholeNumber(min, max), fallback, description, false);
    }

    static Key word(String name, String fallback, String description) {
        return new Key(name, new Kind.Word(), fallback, description, false);
    }

    static Key oneOf(String name, List<String> names, String fallback, String description) {
        return new Key(name, new Kind.OneOf(names), fallback, description, false);
    }

    static Key flag(String name, boolean fallback, String description) {
        return new Key(name, new Kind.Flag(), fallback, description, false);
    }

    static Key ranges(String name, Networks fallback, String description) {
        return new Key(
                name,
                new Kind.Words("none, or addresses and ranges such as 10.0.0.0/8,fd00::/8", Networks::parse),
                fallback,
                description,
                false);
    }

    static Key origins(String name, Origins fallback, String description) {
        return new Key(
                name,
                new Kind.Words(
                        "any, same, or origins such as https://app.example.com,https://example.com:8443",
                        Origins::parse),
                fallback,
                description,
                false);
    }

    Key asSecret() {
        return new Key(name, kind, fallback, description, true);
    }

    /** {@code DEPTHCAST_FEED_EVENTSPERSECOND}. */
    String environmentName() {
        return ENVIRONMENT_PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** How a value may be shown. */
    String shown(Object value) {
        return secret ? MASK : value.toString();
    }
}
