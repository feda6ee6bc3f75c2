package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a command of Binance's dialect: {@code {"method":"SUBSCRIBE","params":["btcusdt@depth"],"id":1}}. */
final class BinanceParser {
    private static final String NO_ID = "null";
    private static final String BAD_ID = "Invalid request: request ID must be an unsigned integer";
    private static final String BAD_PARAMS = "Invalid request: params must be an array of strings";
    /** Letters, digits and what lies between the parts of a UUID. */
    private static final String ID = "[A-Za-z0-9_-]{1,36}";

    /** Names of 1,024 streams, the most there are, in one command: some 40 bytes each, and twice that with escapes. */
    static final int COMMAND_BYTES = 65_536;
    /** A name may be as long as the command that it stands in. */
    private static final JsonFactory JSON = CommandParser.strict(COMMAND_BYTES);

    private final JsonParser json;
    private final List<String> names = new ArrayList<>();
    private String id = NO_ID;
    private @Nullable String method;
    private @Nullable String mistake;

    private BinanceParser(JsonParser json) {
        this.json = json;
    }

    static ParsedCommand parse(ByteBuf text) {
        try (JsonParser json = JSON.createParser(text.toString(StandardCharsets.UTF_8))) {
            return new BinanceParser(json).parse();
        } catch (IOException e) {
            throw new IllegalStateException("a string has no I/O to fail", e);
        }
    }

    private ParsedCommand parse() {
        try {
            read();
        } catch (JsonParseException e) {
            return new StreamMistake(id, StreamMistake.BAD_JSON, "Invalid JSON: " + place(e, "expected value"));
        } catch (IOException e) {
            return new StreamMistake(id, StreamMistake.BAD_JSON, "Invalid JSON: too large");
        }
        if (mistake != null) {
            return new StreamMistake(id, StreamMistake.BAD_REQUEST, mistake);
        }
        if (method == null) {
            return new StreamMistake(id, StreamMistake.BAD_REQUEST, "Invalid request: missing field `method`");
        }
        for (StreamCommand.Method known : StreamCommand.Method.values()) {
            if (known.name().equals(method)) {
                return new StreamCommand(id, known, List.copyOf(names));
            }
        }
        return new StreamMistake(
                id,
                StreamMistake.BAD_REQUEST,
                "Invalid request: unknown variant `" + Refusal.quote(method).replace("\"", "")
                        + "`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`");
    }

    private static String place(JsonParseException e, String what) {
        return what + " at line " + e.getLocation().getLineNr() + " column "
                + e.getLocation().getColumnNr();
    }

    private void read() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            mistake("Invalid request: expected an object");
            return;
        }
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "method" -> readMethod();
                case "params" -> readParams();
                case "id" -> readId();
                default -> mistake("Invalid request: too many parameters");
            }
            json.skipChildren();
        }
        if (json.nextToken() != null) {
            mistake("Invalid request: expected nothing behind the object");
        }
    }

    private void readMethod() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            method = json.getText();
        } else {
            mistake("Invalid request: method must be a string");
        }
    }

    private void readParams() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            mistake(BAD_PARAMS);
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                names.add(json.getText());
            } else {
                mistake(BAD_PARAMS);
                json.skipChildren();
            }
        }
    }

    private void readId() throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && json.getText().length() <= 19) {
            id = json.getText();
        } else if (token == JsonToken.VALUE_STRING && json.getText().matches(ID)) {
            id = '"' + json.getText() + '"';
        } else if (token != JsonToken.VALUE_NULL) {
            mistake(BAD_ID);
        }
    }

    private void mistake(String reason) {
        if (mistake == null) {
            mistake = reason;
        }
    }
}
