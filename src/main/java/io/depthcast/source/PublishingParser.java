package io.depthcast.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.depthcast.feed.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of publishers into objects, never throwing for what they sent; time and memory are proportional to the
 * text, whose size the caller bounds. One thread.
 */
public final class PublishingParser {
    /** Who takes the objects. */
    interface Taker {
        /** Takes one that is well formed. Its fields are the parser's, and change with the next. */
        @Nullable
        Refusal take(PublishedObject object);

        /**
         * Hears of each, in order: null where it was taken.
         *
         * @param object as far as it can be read; null if the text may have told something else as well, which nobody knows
         */
        void outcome(@Nullable Refusal refusal, @Nullable PublishedObject object);
    }

    private static final int MAX_NESTING_DEPTH = 8;
    private static final int MAX_NUMBER_LENGTH = 32;
    private static final int MAX_STRING_LENGTH = 256;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // A name table that strangers can fill serves nobody.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_STRING_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .build())
            .build();

    private final ObjectReader reader = new ObjectReader();
    private final Utf8Text text = new Utf8Text();

    /** One object, or an array of them. What is wrong with the text itself is an outcome as well; what was before it is taken. */
    void parse(byte[] bytes, int offset, int length, Taker taker) {
        if (!text.decode(bytes, offset, length)) {
            taker.outcome(Refusals.badRequest("expected text in UTF-8"), null);
            return;
        }
        // From characters, because given bytes Jackson would take UTF-16 and UTF-32 as well.
        try (JsonParser parser = JSON.createParser(text.characters(), 0, text.length())) {
            parse(parser, taker);
        } catch (IOException e) {
            taker.outcome(Refusals.badRequest(explain(e)), null);
        }
    }

    private void parse(JsonParser parser, Taker taker) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            Refusal wrong = reader.read(parser);
            // Before it is taken, for what follows may show that it is not what it seems.
            if (parser.nextToken() != null) {
                taker.outcome(Refusals.badRequest("expected one object, got more text after it"), null);
            } else {
                outcome(wrong, taker);
            }
        } else if (first == JsonToken.START_ARRAY) {
            array(parser, taker);
        } else {
            taker.outcome(Refusals.badRequest("expected a JSON object, or an array of them"), null);
        }
    }

    private void array(JsonParser parser, Taker taker) throws IOException {
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next == JsonToken.START_OBJECT) {
                outcome(reader.read(parser), taker);
            } else {
                parser.skipChildren();
                taker.outcome(Refusals.badRequest("expected objects in the array"), null);
            }
        }
        if (parser.nextToken() != null) {
            taker.outcome(Refusals.badRequest("expected one array, got more text after it"), null);
        }
    }

    /** @param wrong with the object that was read, null if nothing is */
    private void outcome(@Nullable Refusal wrong, Taker taker) {
        PublishedObject object = reader.object();
        taker.outcome(wrong == null ? taker.take(object) : wrong, object);
    }

    private static String explain(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return "expected at most " + MAX_NESTING_DEPTH + " levels of nesting, numbers of " + MAX_NUMBER_LENGTH
                    + " and texts of " + MAX_STRING_LENGTH + " characters; nothing behind it was read";
        }
        return "not JSON; nothing behind it was read";
    }
}
