package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * That of Binance spot's market data streams. It has no words for what a client is told unasked, and says nothing of it: a
 * client of it knows how it fares by what it is sent.
 */
public final class BinanceDialect implements Dialect {
    /** The first of the codes that only we have. */
    private static final int OUR_CODES = 4_000;

    private static final int POLICY = 1_008;

    BinanceDialect() {}

    @Override
    public List<Encoding> encodings() {
        return List.of(Encodings.BINANCE, Encodings.BINANCE_COMBINED);
    }

    @Override
    public int commandBytes() {
        return BinanceParser.COMMAND_BYTES;
    }

    @Override
    public ParsedCommand parse(ByteBuf text) {
        return BinanceParser.parse(text);
    }

    /** The answer to a command that has been carried out. */
    public static void done(String id, ByteBuf out) {
        out.writeCharSequence("{\"result\":null,\"id\":" + id + "}", US_ASCII);
    }

    /** @param names of the streams that a client follows */
    public static void subscriptions(String id, Collection<String> names, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            json.writeArrayFieldStart("result");
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeFieldName("id");
            json.writeRawValue(id);
        });
    }

    public static void mistake(StreamMistake mistake, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", mistake.code());
            json.writeStringField("msg", mistake.reason());
            json.writeEndObject();
            json.writeFieldName("id");
            json.writeRawValue(mistake.id());
        });
    }

    /** The body of an answer of REST. */
    public static void error(int code, String message, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            json.writeNumberField("code", code);
            json.writeStringField("msg", message);
        });
    }

    @Override
    public void error(Refusal refusal, @Nullable String symbol, ByteBuf out) {
        mistake(new StreamMistake("null", StreamMistake.BAD_REQUEST, refusal.reason()), out);
    }

    @Override
    public void welcome(Greeting greeting, ByteBuf out) {}

    @Override
    public void subscribed(
            Command.Subscribe command, int intervalMillis, Map<String, Integer> instrumentIds, ByteBuf out) {}

    @Override
    public void unsubscribed(Command.Unsubscribe command, List<String> symbols, ByteBuf out) {}

    @Override
    public void removed(Channel channel, List<String> symbols, ByteBuf out) {}

    @Override
    public void limited(Command.Limit command, int bytesPerSecond, ByteBuf out) {}

    @Override
    public void authenticated(Command.Auth command, long expiresMicros, ByteBuf out) {}

    @Override
    public void pong(Command.Ping command, long timeMicros, ByteBuf out) {}

    @Override
    public void notice(Notice notice, ByteBuf out) {}

    @Override
    public int closeCode(int code) {
        return code >= OUR_CODES ? POLICY : code;
    }
}
