package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway says to one client beside market data: one JSON object per call, in a text frame whatever the
 * subprotocol. An {@code id} is the command's own and left out where it had none. Times are microseconds since 1970.
 */
public final class ControlMessages {
    private ControlMessages() {}

    public static void welcome(Greeting greeting, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            json.writeStringField("op", "welcome");
            json.writeStringField("session", greeting.session());
            json.writeStringField("server", greeting.server());
            json.writeNumberField("time", greeting.timeMicros());
            json.writeNumberField("flushMillis", greeting.flushMillis());
            json.writeObjectFieldStart("limits");
            for (Map.Entry<String, Long> limit : greeting.limits().entrySet()) {
                json.writeNumberField(limit.getKey(), limit.getValue());
            }
            json.writeEndObject();
            if (greeting.closeCode() != 0) {
                json.writeObjectFieldStart("lastClose");
                json.writeNumberField("code", greeting.closeCode());
                json.writeStringField("reason", greeting.closeReason());
                json.writeEndObject();
            }
        });
    }

    /**
     * @param intervalMillis the pace that applies, which may be slower than the one asked for
     * @param instrumentIds of the symbols that are now subscribed
     */
    public static void subscribed(
            Command.Subscribe command, int intervalMillis, Map<String, Integer> instrumentIds, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "subscribed", command.id());
            json.writeStringField("channel", command.channel().text());
            CommandWriter.writeTerms(json, command.view());
            json.writeNumberField("intervalMillis", intervalMillis);
            json.writeObjectFieldStart("symbols");
            for (Map.Entry<String, Integer> instrumentId : instrumentIds.entrySet()) {
                json.writeNumberField(instrumentId.getKey(), instrumentId.getValue());
            }
            json.writeEndObject();
        });
    }

    /** @param symbols those that were subscribed and no longer are */
    public static void unsubscribed(Command.Unsubscribe command, List<String> symbols, ByteBuf out) {
        unsubscribed(command, symbols, null, out);
    }

    /** These instruments are no more. */
    public static void removed(Channel channel, List<String> symbols, ByteBuf out) {
        unsubscribed(new Command.Unsubscribe(null, channel, symbols), symbols, "removed", out);
    }

    private static void unsubscribed(
            Command.Unsubscribe command, List<String> symbols, @Nullable String why, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "unsubscribed", command.id());
            json.writeStringField("channel", command.channel().text());
            CommandWriter.writeChoice(json, command.books());
            json.writeArrayFieldStart("symbols");
            for (String symbol : symbols) {
                json.writeString(symbol);
            }
            json.writeEndArray();
            if (why != null) {
                json.writeStringField("why", why);
            }
        });
    }

    /** @param bytesPerSecond what applies, which may be less than was asked for */
    public static void limited(Command.Limit command, int bytesPerSecond, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "limited", command.id());
            json.writeNumberField("bytesPerSecond", bytesPerSecond);
        });
    }

    public static void authenticated(Command.Auth command, long expiresMicros, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "authenticated", command.id());
            json.writeNumberField("expires", expiresMicros);
        });
    }

    public static void pong(Command.Ping command, long timeMicros, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "pong", command.id());
            json.writeNumberField("time", timeMicros);
        });
    }

    /** @param symbol the one of the command's symbols that it is about, or null if it is about the whole command */
    public static void error(Refusal refusal, @Nullable String symbol, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            begin(json, "error", refusal.id());
            json.writeStringField("code", refusal.code().text());
            json.writeStringField("reason", refusal.reason());
            if (symbol != null) {
                json.writeStringField("symbol", symbol);
            }
        });
    }

    private static void begin(JsonGenerator json, String op, @Nullable Long id) throws IOException {
        json.writeStringField("op", op);
        if (id != null) {
            json.writeNumberField("id", id);
        }
    }
}
