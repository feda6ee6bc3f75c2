package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Turns a client's text into a command or a refusal; never throws for what a client sent. The caller bounds the size of the
 * text; time and memory are proportional to it.
 *
 * <p>Strict where a guess would hide a mistake: a key twice, an unknown field, a field that does not belong to the command, a
 * number as a string and {@code null} are refused.
 */
public final class CommandParser {
    private static final int MAX_NESTING_DEPTH = 8;
    private static final int MAX_NUMBER_LENGTH = 32;
    private static final int MAX_NAME_LENGTH = 64;

    /** A token is the longest text of any command. */
    private static final int MAX_TOKEN_LENGTH = 8192;

    private static final JsonFactory JSON = strict(MAX_TOKEN_LENGTH);

    private CommandParser() {}

    /** What reads a stranger's text, with strings of at most so many characters. */
    static JsonFactory strict(int maxStringLength) {
        return new JsonFactoryBuilder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // A name table that strangers can fill serves nobody.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .maxStringLength(maxStringLength)
                        .build())
                .build();
    }

    /** @param text the payload of a text frame, valid UTF-8; neither consumed nor released */
    public static ParsedCommand parse(ByteBuf text) {
        // From a string, because given bytes Jackson would take UTF-16 and UTF-32 as well.
        try (JsonParser parser = JSON.createParser(text.toString(StandardCharsets.UTF_8))) {
            return parse(new CommandReader(parser));
        } catch (IOException e) {
            throw new IllegalStateException("a string has no I/O to fail", e);
        }
    }

    private static ParsedCommand parse(CommandReader fields) {
        try {
            fields.read();
        } catch (IOException e) {
            return new Refusal(fields.id(), ErrorCode.BAD_REQUEST, explain(e));
        }
        return CommandRules.judge(fields);
    }

    private static String explain(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return "expected at most " + MAX_NESTING_DEPTH + " levels of nesting, names of " + MAX_NAME_LENGTH
                    + ", numbers of " + MAX_NUMBER_LENGTH + " and strings of " + MAX_TOKEN_LENGTH + " characters";
        }
        // The parser has no type of its own for this; a test notices should the words change.
        if (e instanceof JsonParseException parse && parse.getOriginalMessage().startsWith("Duplicate field")) {
            return "a key appears twice in an object";
        }
        return "not JSON";
    }
}
