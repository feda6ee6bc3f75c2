package io.depthcast.wire;

import io.depthcast.book.Choices;
import java.util.Locale;
import java.util.stream.Stream;
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
    CANDLES,
    /** The last 24 hours. */
    TICKER;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As written in commands and messages: {@code book}, {@code bbo} and so on. */
    public String text() {
        return text;
    }

    /** All of them, as an error names them. */
    public static String choices() {
        return Choices.text(Stream.of(values()).map(Channel::text).toList());
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
