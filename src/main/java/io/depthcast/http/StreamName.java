package io.depthcast.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A stream as an operator knows it.
 *
 * @param channel as in commands
 * @param detail the depth of a book, the length of a candle, else {@code none}
 */
public record StreamName(String channel, String symbol, String detail) {
    private static final Comparator<Map.Entry<StreamName, Integer>> MOST_FIRST =
            Map.Entry.<StreamName, Integer>comparingByValue().reversed();
    /** So that those that are even keep their places from one look to the next. */
    private static final Comparator<Map.Entry<StreamName, Integer>> BY_NAME =
            Comparator.comparing(stream -> stream.getKey().toString());

    /** Those that most subscriptions follow, the most popular first. */
    static List<Map.Entry<StreamName, Integer>> mostPopular(Map<StreamName, Integer> followers, int limit) {
        return followers.entrySet().stream()
                .sorted(MOST_FIRST.thenComparing(BY_NAME))
                .limit(limit)
                .toList();
    }
}
