package io.depthcast.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.depthcast.feed.Door;
import org.jspecify.annotations.Nullable;

/**
 * Which books of a topic are in doubt when an object is refused. Whoever wrote it hears nothing of that and goes on from what
 * it said, so those books are stale until they are told whole again. Feed loop.
 */
final class Doubts {
    private static final String NONE = "no book";
    private static final String ALL = "all books of the topic";

    private final Door door;
    /** Whether the key of every record so far was the symbol that it told. */
    private boolean isKeyed = true;

    Doubts(Door door) {
        this.door = door;
    }

    /** @param key of its record */
    void taken(byte @Nullable [] key, PublishedObject object) {
        if (isKeyed && !object.symbol.isEmpty()) {
            isKeyed = isSymbol(key, object.symbol);
        }
    }

    private static boolean isSymbol(byte @Nullable [] key, String symbol) {
        if (key == null || key.length != symbol.length()) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (key[i] != symbol.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What was refused stales its symbol, or the one that the key says, or all.
     *
     * @param object as far as it can be read; null if the record may have told more than can be read
     * @return whose books are stale by that, in words
     */
    String refused(byte @Nullable [] key, @Nullable PublishedObject object) {
        if (object != null && object.op != null && !object.op.isOfBook()) {
            return NONE;
        }
        String symbol = object == null || object.symbol.isEmpty() ? named(key) : object.symbol;
        if (symbol == null) {
            door.disconnected();
            return ALL;
        }
        // What is not ours cannot be wrong by us.
        return door.stale(symbol) == null ? symbol : NONE;
    }

    private @Nullable String named(byte @Nullable [] key) {
        return key == null || !isKeyed ? null : new String(key, ISO_8859_1);
    }
}
