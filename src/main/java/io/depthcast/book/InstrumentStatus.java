package io.depthcast.book;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether an instrument is traded, and whether its book can be believed. */
public enum InstrumentStatus {
    OPEN,
    HALTED,
    AUCTION,
    CLOSED,
    /** Its source is silent or gone: the book may be old. */
    STALE;

    private static final InstrumentStatus[] ALL = values();

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As written in messages: {@code open halted auction closed stale}. */
    public String text() {
        return text;
    }

    /** The status written so, or null. */
    public static @Nullable InstrumentStatus of(String text) {
        for (InstrumentStatus status : ALL) {
            if (status.text.equals(text)) {
                return status;
            }
        }
        return null;
    }
}
