package io.depthcast.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.book.BookShapes;
import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Views;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads control messages. Fields may come in any order, and unknown ones are passed over. Stateless. */
final class ControlDecoder {
    private ControlDecoder() {}

    /**
     * The message, or null if it is of a kind that this client does not know.
     *
     * @param text neither consumed nor released
     * @throws RefusedException if it is not JSON, or a field that the protocol promises is missing
     */
    static @Nullable ControlMessage decode(ByteBuf text) throws RefusedException {
        Map<String, Object> fields;
        try (InputStream bytes = new ByteBufInputStream(text.slice());
                JsonParser parser = JsonDecoder.JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedException(DecodeResult.BAD_VALUE);
            }
            fields = object(parser);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            throw new RefusedException(DecodeResult.NOT_JSON);
        }
        return message(fields);
    }

    private static @Nullable ControlMessage message(Map<String, Object> fields) throws RefusedException {
        Long id = fields.get("id") instanceof Long number ? number : null;
        return switch (text(fields, "op")) {
            case "welcome" -> welcome(fields);
            case "subscribed" ->
                new ControlMessage.Subscribed(
                        id,
                        channel(fields),
                        (int) number(fields, "depth"),
                        group(fields, BookShapes.NO_GROUP),
                        number(fields, "intervalMillis"),
                        ids(fields));
            case "unsubscribed" ->
                new ControlMessage.Unsubscribed(
                        id,
                        channel(fields),
                        texts(fields.get("symbols")),
                        new BookChoice((int) number(fields, "depth"), group(fields, BookChoice.ANY)),
                        fields.get("why") instanceof String why ? why : null);
            case "limited" -> new ControlMessage.Limited(id, number(fields, "bytesPerSecond"));
            case "authenticated" -> new ControlMessage.Authenticated(id, number(fields, "expires"));
            case "pong" -> new ControlMessage.Pong(id, number(fields, "time"));
            case "error" ->
                new ControlMessage.Refused(
                        id,
                        text(fields, "code"),
                        text(fields, "reason"),
                        fields.get("symbol") instanceof String symbol ? symbol : null);
            case "notice" -> new ControlMessage.Notice(text(fields, "code"), numbers(fields));
            default -> null;
        };
    }

    private static ControlMessage.Welcome welcome(Map<String, Object> fields) throws RefusedException {
        ControlMessage.LastClose lastClose = null;
        if (fields.get("lastClose") instanceof Map<?, ?> last && last.get("code") instanceof Long code) {
            lastClose = new ControlMessage.LastClose(
                    code.intValue(), last.get("reason") instanceof String reason ? reason : "");
        }
        return new ControlMessage.Welcome(
                text(fields, "session"),
                text(fields, "server"),
                number(fields, "time"),
                (int) number(fields, "flushMillis"),
                numbers(fields.get("limits")),
                lastClose);
    }

    private static Channel channel(Map<String, Object> fields) throws RefusedException {
        Channel channel = Channel.of(text(fields, "channel"));
        if (channel == null) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return channel;
    }

    private static int group(Map<String, Object> fields, int absent) throws RefusedException {
        if (!(fields.get("group") instanceof String text)) {
            return absent;
        }
        Integer group = Views.GROUPS.get(text);
        if (group == null) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return group;
    }

    private static String text(Map<String, Object> fields, String name) throws RefusedException {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new RefusedException(DecodeResult.BAD_VALUE);
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Long number ? number : 0;
    }

    private static Map<String, Long> numbers(@Nullable Object object) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> {
                if (value instanceof Long number) {
                    numbers.put((String) name, number);
                }
            });
        }
        return numbers;
    }

    private static Map<String, Integer> ids(Map<String, Object> fields) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        numbers(fields.get("symbols")).forEach((symbol, id) -> ids.put(symbol, id.intValue()));
        return ids;
    }

    private static List<String> texts(@Nullable Object array) {
        List<String> texts = new ArrayList<>();
        if (array instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    /** A map, a list, a string or an integer; what is none of these as its text. */
    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield values;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default -> parser.getText();
        };
    }
}
