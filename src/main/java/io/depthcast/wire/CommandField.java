package io.depthcast.wire;

import org.jspecify.annotations.Nullable;

/** The fields a command can have. */
enum CommandField {
    OP("op"),
    ID("id"),
    CHANNEL("channel"),
    SYMBOLS("symbols"),
    DEPTH("depth"),
    GROUP("group"),
    INTERVAL("interval"),
    INTERVAL_MILLIS("intervalMillis"),
    RESUME("resume"),
    WHY("why"),
    BYTES_PER_SECOND("bytesPerSecond"),
    TOKEN("token"),
    AGE_MILLIS("ageMillis");

    private final String text;

    CommandField(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static @Nullable CommandField of(String text) {
        for (CommandField field : values()) {
            if (field.text.equals(text)) {
                return field;
            }
        }
        return null;
    }
}
