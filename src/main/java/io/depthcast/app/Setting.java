package io.depthcast.app;

/** The value that holds for a key, and where it came from. */
record Setting(Key key, Object value, String origin) {
    static final String DEFAULT = "default";
}
