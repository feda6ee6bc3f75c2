package io.depthcast.book;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether an instrument is traded, and whether its book can be believed. */
public enum InstrumentStatus {
    OPEN(0),
    HALTED(1),
    AUCTION(2),
    CLOSED(3),
    /** Its source is silent or gone: the book may be old. */
    STALE(4);

    private static final InstrumentStatus[] ALL = values();

    private final int code;
    private final String text = name().toLowerCase(Locale.ROOT);

    InstrumentStatus(int code) {
        this.code = code;
    }

    /** Its number in the log of the feed, 0 to 4. */
    public int code() {
        return code;
    }

    /** The status of that number, 0 to 4. */
    public static InstrumentStatus ofCode(int code) {
        return ALL[code];
    }

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
