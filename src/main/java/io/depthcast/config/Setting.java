package io.depthcast.config;

/** The value that holds for a key, and where it came from. */
public record Setting(Key key, Object value, String origin) {
    static final String DEFAULT = "default";

    /** What an operator is told is wrong with it. */
    public String mistake(String complaint) {
        return mistake(origin, key.name(), complaint);
    }

    static String mistake(String origin, String key, String complaint) {
        return origin + ": " + key + ": " + complaint;
    }
}
