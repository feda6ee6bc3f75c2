package io.depthcast.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/** The fields of one row, found by the names of the head. Filled again and again; one thread. */
final class TardisRow {
    private static final int MAX_COLUMNS = 32;

    private final String[] names;
    private final int[] starts = new int[MAX_COLUMNS];
    private final int[] ends = new int[MAX_COLUMNS];
    private final RecordedLines lines;
    private final char[] digits = new char[64];

    /** Reads the head. */
    TardisRow(RecordedLines lines) throws IOException {
        this.lines = lines;
        if (!lines.next()) {
            throw lines.damaged("expected a head with the names of the columns");
        }
        this.names = new String(lines.bytes(), lines.offset(), lines.length(), ISO_8859_1).split(",", -1);
        if (names.length > MAX_COLUMNS) {
            throw lines.damaged("expected at most " + MAX_COLUMNS + " columns");
        }
    }

    boolean has(String name) {
        for (String each : names) {
            if (each.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Where a column stands. */
    int column(String name) throws IOException {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        throw lines.damaged("expected a column " + name);
    }

    /** Goes to the next row; false at the end. */
    boolean next() throws IOException {
        if (!lines.next()) {
            return false;
        }
        byte[] bytes = lines.bytes();
        int end = lines.offset() + lines.length();
        int column = 0;
        starts[0] = lines.offset();
        for (int at = lines.offset(); at < end; at++) {
            if (bytes[at] == ',') {
                ends[column] = at;
                if (++column == names.length) {
                    throw lines.damaged("expected " + names.length + " columns");
                }
                starts[column] = at + 1;
            }
        }
        ends[column] = end;
        if (column != names.length - 1) {
            throw lines.damaged("expected " + names.length + " columns, got " + (column + 1));
        }
        return true;
    }

    String text(int column) {
        return new String(lines.bytes(), starts[column], ends[column] - starts[column], ISO_8859_1);
    }

    boolean is(int column, String text) {
        return text(column).equals(text);
    }

    long micros(int column) throws IOException {
        Decimal number = new Decimal();
        decimal(column, number);
        if (number.scale() != 0 || Times.mistake(number.mantissa()) != null) {
            throw lines.damaged("expected a time in microseconds since 1970, got " + Refusals.quote(text(column)));
        }
        return number.mantissa();
    }

    void decimal(int column, Decimal into) throws IOException {
        int length = ends[column] - starts[column];
        if (length <= digits.length) {
            for (int i = 0; i < length; i++) {
                digits[i] = (char) (lines.bytes()[starts[column] + i] & 0xFF);
            }
        }
        if (length > digits.length || !into.parse(digits, 0, length)) {
            throw lines.damaged("expected a decimal, got " + Refusals.quote(text(column)));
        }
    }

    IOException damaged(String what) {
        return lines.damaged(what);
    }
}
