package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one command, each judged by its type alone. The first mistake is remembered and reading goes on,
 * because the id may come later and the answer should carry it.
 */
final class CommandReader {
    static final long MAX_ID = (1L << 53) - 1;
    private static final int MAX_SYMBOLS = 100;
    private static final int MAX_SYMBOL_LENGTH = 32;

    private final JsonParser parser;
    private final Set<CommandField> present = EnumSet.noneOf(CommandField.class);
    private final Map<CommandField, String> texts = new LinkedHashMap<>();
    private final Map<CommandField, Long> integers = new LinkedHashMap<>();
    private final Set<String> symbols = new LinkedHashSet<>();
    private final Map<String, Version> resume = new LinkedHashMap<>();
    private @Nullable Long id;
    private @Nullable String mistake;

    CommandReader(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws IOException if the text is not JSON or beyond the parser's limits */
    void read() throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            mistake("expected a JSON object, got " + describe(first));
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            CommandField field = CommandField.of(name);
            if (field == null) {
                mistake("unknown field " + Refusal.quote(name));
                parser.skipChildren();
            } else {
                present.add(field);
                readValue(field);
            }
        }
        if (parser.nextToken() != null) {
            mistake("expected one JSON object, got more text after it");
        }
    }

    private void readValue(CommandField field) throws IOException {
        switch (field) {
            case ID -> readId();
            case OP, CHANNEL, INTERVAL, WHY, TOKEN -> readText(field);
            case GROUP -> readGroup();
            case DEPTH, INTERVAL_MILLIS, BYTES_PER_SECOND, AGE_MILLIS -> readInteger(field);
            case SYMBOLS -> readSymbols();
            case RESUME -> readResume();
        }
    }

    private void readId() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            long value = clampedLong();
            if (value >= 0 && value <= MAX_ID) {
                id = value;
                return;
            }
        }
        wrongType(CommandField.ID, "an integer from 0 to " + MAX_ID);
    }

    private void readText(CommandField field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            texts.put(field, parser.getText());
        } else {
            wrongType(field, "a string");
        }
    }

    /** It is a text, as on a request; who writes a number means the same. */
    private void readGroup() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            texts.put(CommandField.GROUP, parser.getText());
        } else {
            readText(CommandField.GROUP);
        }
    }

    private void readInteger(CommandField field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            integers.put(field, clampedLong());
        } else {
            wrongType(field, "an integer");
        }
    }

    /** What is beyond a long is beyond every range here, and stays so when clamped. */
    private long clampedLong() throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parser.getText().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return parser.getLongValue();
    }

    private void readSymbols() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            wrongType(CommandField.SYMBOLS, "an array of strings");
            return;
        }
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            count++;
            if (token != JsonToken.VALUE_STRING) {
                wrongType(CommandField.SYMBOLS, "strings in the array");
            } else if (isSymbol(parser.getText())) {
                symbols.add(parser.getText());
            }
        }
        if (count == 0 || count > MAX_SYMBOLS) {
            mistake("symbols: expected 1 to " + MAX_SYMBOLS + " in one message, got " + count);
        }
        if (count > 1 && symbols.contains(Command.EVERY_SYMBOL)) {
            mistake("symbols: expected \"*\" to stand alone");
        }
    }

    private void readResume() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            wrongType(CommandField.RESUME, "an object from symbol to \"epoch:sequence\"");
            return;
        }
        for (String symbol = parser.nextFieldName(); symbol != null; symbol = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            Version version = token == JsonToken.VALUE_STRING ? Version.parse(parser.getText()) : null;
            if (version == null) {
                mistake("resume: expected \"epoch:sequence\" for " + Refusal.quote(symbol));
                parser.skipChildren();
            } else if (isSymbol(symbol)) {
                resume.put(symbol, version);
            }
        }
        if (resume.size() > MAX_SYMBOLS) {
            mistake("resume: expected at most " + MAX_SYMBOLS + " symbols in one message, got " + resume.size());
        }
    }

    private boolean isSymbol(String text) {
        boolean printable = !text.isEmpty() && text.length() <= MAX_SYMBOL_LENGTH;
        for (int i = 0; printable && i < text.length(); i++) {
            printable = text.charAt(i) > ' ' && text.charAt(i) <= '~';
        }
        if (!printable) {
            mistake("expected a symbol of 1 to " + MAX_SYMBOL_LENGTH + " printable characters without space, got "
                    + Refusal.quote(text));
        }
        return printable;
    }

    private void wrongType(CommandField field, String expected) throws IOException {
        mistake(field.text() + ": expected " + expected + ", got " + describe(parser.currentToken()));
        parser.skipChildren();
    }

    private static String describe(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> token.asString();
        };
    }

    private void mistake(String reason) {
        if (mistake == null) {
            mistake = reason;
        }
    }

    /** The first thing that was wrong with the fields read, or null. */
    @Nullable
    String mistake() {
        return mistake;
    }

    @Nullable
    Long id() {
        return id;
    }

    Set<CommandField> present() {
        return present;
    }

    /** Null if the field is absent or of another type. */
    @Nullable
    String text(CommandField field) {
        return texts.get(field);
    }

    long integer(CommandField field, long defaultValue) {
        return integers.getOrDefault(field, defaultValue);
    }

    List<String> symbols() {
        return List.copyOf(symbols);
    }

    Map<String, Version> resume() {
        return Map.copyOf(resume);
    }
}
