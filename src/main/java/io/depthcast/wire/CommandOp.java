package io.depthcast.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands by name, and the fields each may have. */
enum CommandOp {
    SUBSCRIBE,
    UNSUBSCRIBE,
    RESYNC,
    LIMIT,
    AUTH,
    PING;

    private final String text = name().toLowerCase(Locale.ROOT);

    String text() {
        return text;
    }

    boolean mayHave(CommandField field) {
        return switch (field) {
            case OP, ID -> true;
            case CHANNEL, SYMBOLS, DEPTH, GROUP -> this == SUBSCRIBE || this == UNSUBSCRIBE || this == RESYNC;
            case INTERVAL, INTERVAL_MILLIS, RESUME -> this == SUBSCRIBE;
            case WHY -> this == RESYNC;
            case BYTES_PER_SECOND -> this == LIMIT;
            case TOKEN -> this == AUTH;
            case AGE_MILLIS -> this == PING;
        };
    }

    static @Nullable CommandOp of(String text) {
        for (CommandOp op : values()) {
            if (op.text.equals(text)) {
                return op;
            }
        }
        return null;
    }
}
