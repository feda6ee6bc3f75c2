package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/** Decodes UTF-8 into characters that are used again. One thread. */
final class Utf8Text {
    private static final int INITIAL_CAPACITY = 1_024;
    /** More than this is given back after use. */
    private static final int KEPT_CAPACITY = 65_536;

    private final CharsetDecoder decoder = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private char[] characters = new char[INITIAL_CAPACITY];
    private int length;

    /** Whether it is UTF-8; never more characters than bytes. */
    boolean decode(byte[] bytes, int offset, int count) {
        if (characters.length < count || characters.length > KEPT_CAPACITY) {
            characters = new char[Math.max(INITIAL_CAPACITY, count)];
        }
        CharBuffer into = CharBuffer.wrap(characters);
        decoder.reset();
        boolean isGood = !decoder.decode(ByteBuffer.wrap(bytes, offset, count), into, true)
                        .isError()
                && !decoder.flush(into).isError();
        length = into.position();
        return isGood;
    }

    char[] characters() {
        return characters;
    }

    int length() {
        return length;
    }
}
