package io.depthcast.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of stream a client can subscribe to. */
public enum Channel {
    /** Order book to a depth. */
    BOOK,
    /** Best bid and offer. */
    BBO,
    /** The tape. */
    TRADES,
    /** Candles of one interval. */
    CANDLES;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As written in commands and messages: {@code book bbo trades candles}. */
    public String text() {
        return text;
    }

    /** The channel written so, or null. */
    public static @Nullable Channel of(String text) {
        for (Channel channel : values()) {
            if (channel.text.equals(text)) {
                return channel;
            }
        }
        return null;
    }
}
