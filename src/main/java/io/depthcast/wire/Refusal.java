package io.depthcast.wire;

import org.jspecify.annotations.Nullable;

/**
 * Why a command is not carried out.
 *
 * @param id the command's own number, if it had one that could be read
 * @param reason what was wrong and what was expected; repeats at most a short, sanitised piece of the client's text
 */
public record Refusal(@Nullable Long id, ErrorCode code, String reason) implements ParsedCommand {
    private static final int MAX_EXCERPT = 32;

    /** A client's text in quotes, cut short, with a question mark for all but harmless printable ASCII. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), MAX_EXCERPT); i++) {
            char c = text.charAt(i);
            boolean harmless = c >= ' ' && c <= '~' && "\"'\\<>&".indexOf(c) < 0;
            quoted.append(harmless ? c : '?');
        }
        return quoted.append(text.length() > MAX_EXCERPT ? "...\"" : "\"").toString();
    }
}
