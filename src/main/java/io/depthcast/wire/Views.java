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

    public static final String DEFAULT_GROUP = String.valueOf(BookShapes.NO_GROUP);

    /** Ticks to which the prices of a book are gathered. */
    public static final Map<String, Integer> GROUPS = byText(BookShapes.GROUPS, String::valueOf);

    public static final Map<String, View.Candles> INTERVALS =
            byText(Stream.of(CandleInterval.values()).map(View.Candles::new).toList(), view -> view.interval()
                    .text());

    /** Every book whose prices are gathered. */
    public static final List<View.Book> GROUPED_BOOKS = BookShapes.GROUPS.stream()
            .filter(group -> group != BookShapes.NO_GROUP)
            .flatMap(group -> BookShapes.DEPTHS.stream().map(depth -> new View.Book(depth, group)))
            .toList();

    private Views() {}

    /** The {@linkplain View#lane() lane} of a channel, which for books is that of those with prices as they are. */
    public static View lane(Channel channel) {
        return switch (channel) {
            case BOOK -> View.Book.LANE;
            case BBO -> View.Single.BBO;
            case TRADES -> View.Single.TRADES;
            case TICKER -> View.Single.TICKER;
            case CANDLES -> View.Candles.LANE;
        };
    }

    private static <T> Map<String, T> byText(List<T> values, Function<T, String> text) {
        Map<String, T> byText = new LinkedHashMap<>();
        values.forEach(value -> byText.put(text.apply(value), value));
        return Collections.unmodifiableMap(byText);
    }
}
