package io.depthcast.book;

import java.util.List;
import java.util.stream.Collectors;

/** Values to choose from, as an error names them. */
public final class Choices {
    private Choices() {}

    /** Such as {@code 10, 25, 100 or 500}; of at least two. */
    public static String text(List<?> values) {
        int last = values.size() - 1;
        return values.subList(0, last).stream().map(Object::toString).collect(Collectors.joining(", ")) + " or "
                + values.get(last);
    }
}
