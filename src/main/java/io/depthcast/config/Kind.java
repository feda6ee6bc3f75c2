package io.depthcast.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the value of a key may be. */
public sealed interface Kind {
    /** What an operator is told: {@code a whole number from 0 to 65535}. */
    String expectation();

    /** The value that a text stands for, or null if it stands for none of this kind. */
    @Nullable
    Object parse(String text);

    /** Whether a list is taken as well, for the text of its elements with commas in between. */
    default boolean takesList() {
        return false;
    }

    /** A decimal integer within bounds, both included. */
    record WholeNumber(long min, long max) implements Kind {
        private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,19}");

        @Override
        public String expectation() {
            return min == Long.MIN_VALUE && max == Long.MAX_VALUE
                    ? "a whole number of 64 bits"
                    : "a whole number from " + min + " to " + max;
        }

        @Override
        public @Nullable Object parse(String text) {
            if (!DECIMAL.matcher(text).matches()) {
                return null;
            }
            try {
                long value = Long.parseLong(text);
                return value < min || value > max ? null : value;
            } catch (NumberFormatException beyond64Bits) {
                return null;
            }
        }
    }

    /** Printable characters without spaces, one at least: a host, a path, a token. */
    record Word() implements Kind {
        private static final Pattern PRINTABLE = Pattern.compile("[\\p{Graph}&&\\p{ASCII}]+");

        @Override
        public String expectation() {
            return "a word without spaces";
        }

        @Override
        public @Nullable Object parse(String text) {
            return PRINTABLE.matcher(text).matches() ? text : null;
        }
    }

    /** One of a few names. */
    record OneOf(List<String> names) implements Kind {
        @Override
        public String expectation() {
            return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
        }

        @Override
        public @Nullable Object parse(String text) {
            return names.contains(text) ? text : null;
        }
    }

    /** Yes or no. */
    record Flag() implements Kind {
        @Override
        public String expectation() {
            return "true or false";
        }

        @Override
        public @Nullable Object parse(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> null;
            };
        }
    }

    /**
     * What a type of its own reads: one word, or several with commas in between.
     *
     * @param reader gives null for what is wrong
     */
    record Words(String expectation, Reader reader) implements Kind {
        public interface Reader {
            @Nullable
            Object read(String text);
        }

        @Override
        public @Nullable Object parse(String text) {
            return reader.read(text);
        }

        @Override
        public boolean takesList() {
            return true;
        }
    }
}
