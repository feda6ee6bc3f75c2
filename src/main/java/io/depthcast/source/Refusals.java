package io.depthcast.source;

import io.depthcast.book.StepSize;
import io.depthcast.feed.Refusal;
import io.depthcast.feed.Refusal.Code;

/** What publishers are told is wrong with an object. */
final class Refusals {
    private static final int MAX_QUOTED = 40;

    private Refusals() {}

    static Refusal badRequest(String reason) {
        return new Refusal(Code.BAD_REQUEST, reason);
    }

    static Refusal unknown(String symbol) {
        return new Refusal(Code.UNKNOWN_SYMBOL, "no instrument " + quote(symbol) + "; define it first");
    }

    /** @param level counted from 0 */
    static Refusal price(int level, StepSize tick) {
        return new Refusal(Code.BAD_PRICE, "level " + (level + 1) + ": " + expected("price", tick));
    }

    static Refusal price(StepSize tick) {
        return new Refusal(Code.BAD_PRICE, expected("price", tick));
    }

    /** @param level counted from 0 */
    static Refusal size(int level, StepSize lot) {
        return new Refusal(Code.BAD_SIZE, "level " + (level + 1) + ": " + expectedSize(lot));
    }

    static Refusal size(StepSize lot) {
        return new Refusal(Code.BAD_SIZE, expectedSize(lot));
    }

    private static String expected(String what, StepSize step) {
        return "expected a " + what + " that is a multiple of " + step + " and fits 64 bits of it";
    }

    private static String expectedSize(StepSize lot) {
        return "expected a size of 0 or more that fits 64 bits of " + lot;
    }

    static Refusal time(String reason) {
        return new Refusal(Code.BAD_TIME, reason);
    }

    /** Of text from outside no more than a line shows, in printable ASCII. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < MAX_QUOTED; i++) {
            char c = text.charAt(i);
            quoted.append(c >= ' ' && c <= '~' && c != '"' && c != '\\' ? c : '?');
        }
        return quoted.append(text.length() > MAX_QUOTED ? "...\"" : "\"").toString();
    }
}
