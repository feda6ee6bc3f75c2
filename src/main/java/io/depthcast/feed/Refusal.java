package io.depthcast.feed;

import java.util.Locale;

/** Why an event was not taken; nothing of it was. */
public record Refusal(Code code, String reason) {
    /** What was wrong, for programs. */
    public enum Code {
        BAD_REQUEST,
        UNKNOWN_SYMBOL,
        /** Another source tells this instrument. */
        TAKEN,
        BAD_PRICE,
        BAD_SIZE,
        BAD_TIME,
        /** A change of a book that was not told whole yet, or that went stale since. */
        NO_SNAPSHOT,
        NOT_ENTITLED,
        TOO_MANY;

        private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** As told to whoever publishes: {@code bad-price} and so on. */
        public String text() {
            return text;
        }
    }
}
