package io.depthcast.limit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much of an address is told in a log. */
public enum Masking {
    /** Its network: enough to tell clients apart and not enough to find a person. */
    MASKED,
    /** All of it: to be looked up, or blocked. */
    FULL,
    /** Nothing. */
    NONE;

    /** @param address null where it is not known any more */
    public String of(@Nullable Address address) {
        if (address == null) {
            return "unknown";
        }
        return switch (this) {
            case MASKED -> address.masked();
            case FULL -> address.toString();
            case NONE -> "-";
        };
    }

    /** As in the configuration. */
    public static Masking of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
