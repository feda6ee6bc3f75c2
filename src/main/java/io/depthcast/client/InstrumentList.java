package io.depthcast.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the answer of {@code GET /v1/instruments}, which clients need for JSON: once for all of a program. */
public final class InstrumentList {
    private static final JsonFactory JSON = new JsonFactory();

    private InstrumentList() {}

    /**
     * The instruments by symbol.
     *
     * @throws IOException if it is not such an answer
     */
    public static Map<String, Instrument> parse(String body) throws IOException {
        Map<String, Instrument> bySymbol = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null && parser.currentToken() != JsonToken.START_ARRAY) {
                // The one array holds what we came for.
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Instrument instrument = instrument(parser);
                bySymbol.put(instrument.symbol(), instrument);
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException("expected {\"instruments\":[{...},...]}");
            }
        }
        return bySymbol;
    }

    private static Instrument instrument(JsonParser parser) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.put(name, parser.getValueAsString(""));
            parser.skipChildren();
        }
        try {
            return new Instrument(
                    Integer.parseInt(fields.getOrDefault("id", "")),
                    fields.getOrDefault("symbol", ""),
                    StepSize.parse(fields.getOrDefault("tickSize", "")),
                    StepSize.parse(fields.getOrDefault("lotSize", "")));
        } catch (IllegalArgumentException e) {
            throw new IOException("not an instrument: " + fields, e);
        }
    }
}
