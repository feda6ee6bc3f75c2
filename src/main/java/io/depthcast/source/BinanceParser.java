package io.depthcast.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the messages of the stream, with or without the envelope that names their stream. One thread. */
final class BinanceParser {
    private static final JsonFactory JSON = new JsonFactory();

    private final BinanceEvent event = new BinanceEvent();
    private final Decimal decimal = new Decimal();

    /** What was read last. */
    BinanceEvent event() {
        return event;
    }

    /** @throws IOException if it is not what the exchange documents */
    void parse(String text) throws IOException {
        event.clear();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected an object");
            }
            fields(parser);
        }
    }

    private void fields(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "data" -> {
                    if (token == JsonToken.START_OBJECT) {
                        fields(parser);
                    } else {
                        parser.skipChildren();
                    }
                }
                case "e" -> event.type = parser.getText();
                case "s" -> event.symbol = parser.getText();
                case "E" -> event.eventMillis = parser.getLongValue();
                case "T" -> event.tradeMillis = parser.getLongValue();
                case "U" -> event.firstUpdateId = parser.getLongValue();
                case "u" -> event.lastUpdateId = parser.getLongValue();
                case "t" -> event.tradeId = parser.getLongValue();
                case "m" -> event.buyerIsMaker = token == JsonToken.VALUE_TRUE;
                case "p" -> number(event.price, parser);
                case "q" -> number(event.size, parser);
                case "id" -> event.replyId = token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
                case "error", "code" -> {
                    event.isError = true;
                    parser.skipChildren();
                }
                case "b", "bids" -> levels(event.bids, token, parser);
                case "a", "asks" -> levels(event.asks, token, parser);
                case "lastUpdateId" -> event.lastUpdateId = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
    }

    private void levels(LevelTexts into, JsonToken token, JsonParser parser) throws IOException {
        // Other messages have one text or one number under these names.
        if (token != JsonToken.START_ARRAY) {
            return;
        }
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            for (int i = 0; i < 2; i++) {
                parser.nextToken();
                number(decimal, parser);
                into.add(decimal);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
    }

    private static void number(Decimal into, JsonParser parser) throws IOException {
        boolean isText = parser.currentToken() == JsonToken.VALUE_STRING;
        if (!isText || !into.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())) {
            throw new IOException("expected a decimal, got " + Refusals.quote(parser.getText()));
        }
    }
}
