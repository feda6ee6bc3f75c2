package io.depthcast.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import io.depthcast.book.Ticker;
import io.depthcast.wire.View;
import io.depthcast.wire.Views;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of JSON objects forwards. A field is found by skipping those before it that are not known, so fields must
 * come in the order of the protocol document, and a newer gateway may add some.
 */
final class JsonCursor {
    private final JsonParser parser;

    JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    /** The type of the object just entered, or null if it does not begin with one. */
    @Nullable
    String type() throws IOException {
        return "type".equals(parser.nextFieldName()) ? parser.nextTextValue() : null;
    }

    private void seek(String field) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals(field)) {
                return;
            }
            parser.skipChildren();
        }
        throw new RefusedException(DecodeResult.BAD_VALUE);
    }

    private void seek(String field, JsonToken expected) throws IOException {
        seek(field);
        require(parser.currentToken() == expected);
    }

    /**
     * Moves to the epoch of a book, for {@link #natural()}, and answers what stands before it: to which depth and group it is, if
     * its prices are gathered, or else null.
     */
    View.@Nullable Book groupedBefore(String field) throws IOException {
        long depth = 0;
        Integer group = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "depth" -> depth = natural();
                case "group" -> {
                    require(value == JsonToken.VALUE_STRING);
                    group = Views.GROUPS.get(parser.getText());
                    require(group != null);
                }
                default -> {
                    if (name.equals(field)) {
                        return group == null ? null : new View.Book((int) depth, group);
                    }
                    parser.skipChildren();
                }
            }
        }
        throw new RefusedException(DecodeResult.BAD_VALUE);
    }

    /** Skips the rest of the current object. */
    void leave() throws IOException {
        while (parser.nextFieldName() != null) {
            parser.nextToken();
            parser.skipChildren();
        }
        require(parser.currentToken() == JsonToken.END_OBJECT);
    }

    /** Skips the rest of the current object but for a text that it may have; null if it has not. */
    @Nullable
    String leaveWithText(String field) throws IOException {
        String found = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals(field)) {
                require(value == JsonToken.VALUE_STRING);
                found = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        require(parser.currentToken() == JsonToken.END_OBJECT);
        return found;
    }

    String text(String field) throws IOException {
        seek(field, JsonToken.VALUE_STRING);
        return parser.getText();
    }

    boolean truth(String field) throws IOException {
        seek(field);
        JsonToken value = parser.currentToken();
        require(value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE);
        return value == JsonToken.VALUE_TRUE;
    }

    /** An integer that is not negative. */
    long natural(String field) throws IOException {
        seek(field);
        return natural();
    }

    /** The current value, an integer that is not negative. */
    long natural() throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
        long value = parser.getLongValue();
        require(value >= 0);
        return value;
    }

    long price(String field, Instrument instrument) throws IOException {
        seek(field);
        return steps(instrument.tickSize());
    }

    /** {@link Ticker#NONE} for null. */
    long priceOrNone(String field, Instrument instrument) throws IOException {
        seek(field);
        return parser.currentToken() == JsonToken.VALUE_NULL ? Ticker.NONE : steps(instrument.tickSize());
    }

    long size(String field, Instrument instrument) throws IOException {
        seek(field);
        return size(instrument);
    }

    /** Moves into an array of objects, for {@link #nextObject}. */
    void enterArray(String field) throws IOException {
        seek(field, JsonToken.START_ARRAY);
    }

    /** Whether the current array has one more object; it is entered. */
    boolean nextObject() throws IOException {
        JsonToken token = parser.nextToken();
        require(token == JsonToken.START_OBJECT || token == JsonToken.END_ARRAY);
        return token == JsonToken.START_OBJECT;
    }

    Levels levels(String field, Instrument instrument) throws IOException {
        seek(field, JsonToken.START_ARRAY);
        long[] prices = new long[16];
        long[] sizes = new long[16];
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            require(token == JsonToken.START_ARRAY);
            if (count == prices.length) {
                prices = Arrays.copyOf(prices, 2 * count);
                sizes = Arrays.copyOf(sizes, 2 * count);
            }
            parser.nextToken();
            prices[count] = steps(instrument.tickSize());
            sizes[count++] = restOfLevel(instrument);
        }
        return new Levels(Arrays.copyOf(prices, count), Arrays.copyOf(sizes, count));
    }

    /** The price of a level that is the value of a field; {@link #restOfLevel} must follow. */
    long priceOfLevel(String field, Instrument instrument) throws IOException {
        seek(field, JsonToken.START_ARRAY);
        parser.nextToken();
        return steps(instrument.tickSize());
    }

    long restOfLevel(Instrument instrument) throws IOException {
        parser.nextToken();
        long sizeLots = size(instrument);
        require(parser.nextToken() == JsonToken.END_ARRAY);
        return sizeLots;
    }

    private long size(Instrument instrument) throws IOException {
        long sizeLots = steps(instrument.lotSize());
        require(sizeLots >= 0);
        return sizeLots;
    }

    private long steps(StepSize step) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_STRING);
        return DecimalSteps.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), step);
    }

    private void require(boolean condition) throws RefusedException {
        if (!condition) {
            boolean isEnd = parser.currentToken() == null;
            throw new RefusedException(isEnd ? DecodeResult.TRUNCATED : DecodeResult.BAD_VALUE);
        }
    }
}
