package io.depthcast.source;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of the objects that publishers send. */
enum ObjectField {
    OP,
    SYMBOL,
    TICK_SIZE("tickSize"),
    LOT_SIZE("lotSize"),
    STATUS,
    BIDS,
    ASKS,
    PRICE,
    SIZE,
    SIDE,
    ID,
    TIME;

    static final Set<ObjectField> LEVELS = EnumSet.of(BIDS, ASKS);

    private static final ObjectField[] ALL = values();

    private final String text;

    ObjectField() {
        this.text = name().toLowerCase(Locale.ROOT);
    }

    ObjectField(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static @Nullable ObjectField of(String name) {
        for (ObjectField field : ALL) {
            if (field.text.equals(name)) {
                return field;
            }
        }
        return null;
    }
}
