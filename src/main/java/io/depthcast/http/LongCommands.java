package io.depthcast.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The room that the clients of one gateway loop share for commands that are long and not whole yet, so that nobody can have
 * the gateway hold much by beginning many of them: where all of them together are more than they may be, who began first has
 * to go. A whole command is in no need of room, for it is carried out at once. Gateway loop.
 */
final class LongCommands {
    /** Who holds the beginning of one. */
    interface Holder {
        /** Others need the room. */
        void takesTooLong();
    }

    /** Bytes that everybody may hold beside. */
    static final int USUAL_BYTES = 16_384;
    /** Bytes: that many who send the longest command at one moment, each over a slow line. */
    static final int MOST_BYTES = 64 * 65_536;

    /** In the order in which they began. */
    private final Map<Holder, Integer> held = new LinkedHashMap<>();

    private int heldBytes;

    /** @param bytes of what is not whole yet; 0 ends it */
    void hold(Holder holder, int bytes) {
        Integer before = bytes > USUAL_BYTES ? held.put(holder, bytes) : held.remove(holder);
        heldBytes += (bytes > USUAL_BYTES ? bytes : 0) - (before == null ? 0 : before);
        while (heldBytes > MOST_BYTES) {
            Holder first = held.keySet().iterator().next();
            hold(first, 0);
            first.takesTooLong();
        }
    }
}
