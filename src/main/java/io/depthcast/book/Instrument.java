package io.depthcast.book;

/**
 * Something that is traded.
 *
 * @param id positive, unique within a feed, small enough to index an array
 * @param symbol its text name, {@code [A-Z0-9._-]{1,32}}
 */
public record Instrument(int id, String symbol, StepSize tickSize, StepSize lotSize) {
    /** @throws IllegalArgumentException outside the ranges above */
    public Instrument {
        if (id <= 0) {
            throw new IllegalArgumentException("expected a positive instrument id, got " + id);
        }
        if (!symbol.matches("[A-Z0-9._-]{1,32}")) {
            throw new IllegalArgumentException("expected a symbol of [A-Z0-9._-]{1,32}, got \"" + symbol + "\"");
        }
    }
}
