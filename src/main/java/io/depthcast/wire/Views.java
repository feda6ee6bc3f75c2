package io.depthcast.wire;

import io.depthcast.book.BookShapes;
import io.depthcast.book.CandleInterval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The terms of views as the parameters of a request write them, in their order. */
public final class Views {
    public static final String DEFAULT_DEPTH = String.valueOf(BookShapes.DEFAULT_DEPTH);

    /** Levels a side. */
    public static final Map<String, Integer> DEPTHS = byText(BookShapes.DEPTHS, String::valueOf);

    public static final Map<String, View.Candles> INTERVALS =
            byText(Stream.of(CandleInterval.values()).map(View.Candles::new).toList(), view -> view.interval()
                    .text());

    private Views() {}

    private static <T> Map<String, T> byText(List<T> values, Function<T, String> text) {
        Map<String, T> byText = new LinkedHashMap<>();
        values.forEach(value -> byText.put(text.apply(value), value));
        return Collections.unmodifiableMap(byText);
    }
}
