package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** What the gateway tells one client of server-sent events beside market data, as lines of text ended by an empty one. */
public final class EventText {
    private EventText() {}

    /** @param millis how long the client shall wait before it reconnects */
    public static void retry(long millis, ByteBuf out) {
        out.writeCharSequence("retry: " + millis + "\n\n", US_ASCII);
    }

    /**
     * A notice, which is an event of a name of its own.
     *
     * @param json writes it as one line
     */
    public static void notice(Consumer<ByteBuf> json, ByteBuf out) {
        event("notice", json, out);
    }

    /** Why the stream ends, which is the last event of it: what a WebSocket is told by its close frame. */
    public static void close(int code, String reason, ByteBuf out) {
        event(
                "close",
                text -> JsonText.writeObject(text, json -> {
                    json.writeStringField("op", "close");
                    json.writeNumberField("code", code);
                    json.writeStringField("reason", reason);
                }),
                out);
    }

    private static void event(String name, Consumer<ByteBuf> json, ByteBuf out) {
        out.writeCharSequence("event: " + name + "\ndata: ", US_ASCII);
        json.accept(out);
        out.writeCharSequence("\n\n", US_ASCII);
    }
}
