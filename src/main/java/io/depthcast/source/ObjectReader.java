package io.depthcast.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one object into a {@link PublishedObject}. The first mistake is remembered and reading goes on to the
 * object's end, so that the next one can be read. Strict where a guess would hide a mistake: an unknown field, a number that
 * is no text and {@code null} are refused. One thread.
 */
final class ObjectReader {
    /** Of one side in an object: no venue shows more. */
    static final int MAX_LEVELS = 10_000;

    private static final int MAX_ID_LENGTH = 36;
    private static final int MAX_SYMBOL_LENGTH = 32;

    private final PublishedObject object = new PublishedObject();
    private final Decimal decimal = new Decimal();
    private @Nullable Refusal mistake;

    PublishedObject object() {
        return object;
    }

    /**
     * @param parser at the object's start, left at its end
     * @return what is wrong with it, or null
     * @throws IOException if it is not JSON, or beyond the parser's limits
     */
    @Nullable
    Refusal read(JsonParser parser) throws IOException {
        object.clear();
        mistake = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            ObjectField field = ObjectField.of(name);
            if (field == null) {
                mistake(Refusals.badRequest("unknown field " + Refusals.quote(name)));
                parser.skipChildren();
            } else if (!object.present.add(field)) {
                mistake(Refusals.badRequest(field.text() + ": given twice"));
                object.doubt(field);
                parser.skipChildren();
            } else {
                value(field, parser);
            }
        }
        return mistake == null ? missing() : mistake;
    }

    private @Nullable Refusal missing() {
        String wrong = object.op == null ? "expected the field op" : object.op.mistake(object.present);
        return wrong == null ? null : Refusals.badRequest(wrong);
    }

    private void value(ObjectField field, JsonParser parser) throws IOException {
        switch (field) {
            case BIDS -> levels(field, object.bids, parser);
            case ASKS -> levels(field, object.asks, parser);
            case TIME -> time(parser);
            case PRICE -> decimal(field, object.price, parser);
            case SIZE -> decimal(field, object.size, parser);
            default -> {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    text(field, parser.getText());
                } else {
                    wrongType(field, "a text", parser);
                }
            }
        }
    }

    private void text(ObjectField field, String text) {
        switch (field) {
            case OP -> op(text);
            case SYMBOL -> symbol(text);
            case TICK_SIZE -> object.tickSize = step(field, text);
            case LOT_SIZE -> object.lotSize = step(field, text);
            case STATUS -> status(text);
            case SIDE -> side(text);
            case ID -> id(text);
            default -> throw new IllegalArgumentException(field.text());
        }
    }

    private void op(String text) {
        object.op = ObjectOp.of(text);
        if (object.op == null) {
            mistake(Refusals.badRequest("op: expected one of " + ObjectOp.names() + ", got " + Refusals.quote(text)));
        }
    }

    private void symbol(String text) {
        boolean isOne = !text.isEmpty() && text.length() <= MAX_SYMBOL_LENGTH;
        for (int i = 0; isOne && i < text.length(); i++) {
            char c = text.charAt(i);
            isOne = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
        }
        if (isOne) {
            object.symbol = text;
        } else {
            mistake(Refusals.badRequest(
                    "symbol: expected 1 to 32 of A-Z, 0-9, \".\", \"_\" and \"-\", got " + Refusals.quote(text)));
        }
    }

    private @Nullable StepSize step(ObjectField field, String text) {
        try {
            // Longer ones are refused before their digits cost anything.
            return StepSize.parse(text.length() > MAX_ID_LENGTH ? "" : text);
        } catch (IllegalArgumentException e) {
            mistake(Refusals.badRequest(field.text()
                    + ": expected a positive decimal of at most 18 digits behind the point, got "
                    + Refusals.quote(text)));
            return null;
        }
    }

    private void status(String text) {
        InstrumentStatus status = InstrumentStatus.of(text);
        if (status != null && status != InstrumentStatus.STALE) {
            object.status = status;
            return;
        }
        mistake(Refusals.badRequest("status: expected open, halted, auction or closed, got " + Refusals.quote(text)));
    }

    private void side(String text) {
        if (text.equals("buy") || text.equals("sell")) {
            object.side = text.equals("buy") ? Side.BID : Side.ASK;
        } else {
            mistake(Refusals.badRequest("side: expected buy or sell, got " + Refusals.quote(text)));
        }
    }

    private void id(String text) {
        boolean isOne = !text.isEmpty() && text.length() <= MAX_ID_LENGTH;
        for (int i = 0; isOne && i < text.length(); i++) {
            isOne = text.charAt(i) >= ' ' && text.charAt(i) <= '~';
        }
        if (isOne) {
            object.id = text;
        } else {
            mistake(Refusals.badRequest(
                    "id: expected 1 to 36 printable characters of ASCII, got " + Refusals.quote(text)));
        }
    }

    private void time(JsonParser parser) throws IOException {
        boolean isInteger = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        if (!isInteger) {
            wrongType(ObjectField.TIME, "an integer", parser);
        } else if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            mistake(Refusals.time("time: expected microseconds since 1970, got more than 64 bits"));
        } else {
            object.timeMicros = parser.getLongValue();
            mistake(Times.mistake(object.timeMicros));
        }
    }

    private void levels(ObjectField field, LevelTexts into, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            wrongType(field, "an array of [\"price\",\"size\"]", parser);
            return;
        }
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (mistake != null || next != JsonToken.START_ARRAY) {
                wrongType(field, "arrays of [\"price\",\"size\"]", parser);
            } else if (into.levels() >= MAX_LEVELS) {
                mistake(Refusals.badRequest(field.text() + ": expected at most " + MAX_LEVELS + " levels"));
                parser.skipChildren();
            } else {
                level(field, into, parser);
            }
        }
    }

    /** From the start of an array to its end. */
    private void level(ObjectField field, LevelTexts into, JsonParser parser) throws IOException {
        int numbers = 0;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next == JsonToken.VALUE_STRING && numbers < 2 && number(decimal, parser)) {
                into.add(decimal);
                numbers++;
            } else {
                wrongType(field, "[\"price\",\"size\"] of decimals in quotes", parser);
                numbers = 2;
            }
        }
        if (numbers != 2) {
            mistake(Refusals.badRequest(field.text() + ": expected [\"price\",\"size\"] for each level"));
        }
    }

    private void decimal(ObjectField field, Decimal into, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || !number(into, parser)) {
            wrongType(field, "a decimal in quotes", parser);
        }
    }

    private static boolean number(Decimal into, JsonParser parser) throws IOException {
        return into.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    private void wrongType(ObjectField field, String expected, JsonParser parser) throws IOException {
        JsonToken got = parser.currentToken();
        String shown = got != null && got.isScalarValue() ? Refusals.quote(parser.getText()) : "something else";
        mistake(Refusals.badRequest(field.text() + ": expected " + expected + ", got " + shown));
        parser.skipChildren();
    }

    private void mistake(@Nullable Refusal found) {
        if (mistake == null) {
            mistake = found;
        }
    }
}
