package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Unasked control messages: what is about to happen to a client, as JSON. */
public final class Notices {
    private Notices() {}

    /** This client now gets merged updates. */
    public static void conflating(long pendingBytes, long behindMillis, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "conflating");
            json.writeNumberField("pendingBytes", pendingBytes);
            json.writeNumberField("behindMillis", behindMillis);
        });
    }

    /** It will be cut unless it catches up. */
    public static void slow(long behindMillis, long closeInMillis, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "slow");
            json.writeNumberField("behindMillis", behindMillis);
            json.writeNumberField("closeInMillis", closeInMillis);
        });
    }

    /** It has caught up. */
    public static void live(ByteBuf out) {
        JsonText.writeObject(out, json -> begin(json, "live"));
    }

    /** This node is going away. */
    public static void draining(long reconnectAfterMillis, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "draining");
            json.writeNumberField("reconnectAfterMillis", reconnectAfterMillis);
        });
    }

    /** @param flushMillis time between two flushes from here on, longer than the welcome said */
    public static void overloaded(int flushMillis, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "overloaded");
            json.writeNumberField("flushMillis", flushMillis);
        });
    }

    /** @param flushMillis time between two flushes from here on, as the welcome said */
    public static void recovered(int flushMillis, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "recovered");
            json.writeNumberField("flushMillis", flushMillis);
        });
    }

    /** @param expiresMicros when the client's token ends, microseconds since 1970 */
    public static void tokenExpiring(long expiresMicros, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "token-expiring");
            json.writeNumberField("expires", expiresMicros);
        });
    }

    private static void begin(JsonGenerator json, String code) throws IOException {
        json.writeStringField("op", "notice");
        json.writeStringField("code", code);
    }
}
