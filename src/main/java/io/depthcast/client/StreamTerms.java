package io.depthcast.client;

import io.depthcast.book.BookShapes;
import io.depthcast.book.CandleInterval;
import io.depthcast.wire.Channel;
import io.depthcast.wire.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a stream.
 *
 * @param depth levels a side of a book, 0 for the other channels
 * @param group ticks to which a book's prices are gathered, one of {@link BookShapes#GROUPS}; 0 for the other channels
 * @param interval length of the candles, null for the other channels
 * @param intervalMillis least time between two updates, 0 to 60,000; 0 means every flush
 */
public record StreamTerms(int depth, int group, @Nullable CandleInterval interval, int intervalMillis) {
    /** Best bids and offers, or trades, at every flush. */
    public static final StreamTerms EVERY_FLUSH = new StreamTerms(0, 0, null, 0);

    /** Tickers once a second. */
    public static final StreamTerms EVERY_SECOND = EVERY_FLUSH.every(1_000);

    /** A book at every flush. */
    public static StreamTerms book(int depth) {
        return book(depth, BookShapes.NO_GROUP);
    }

    /** A book with its prices gathered to multiples of so many ticks, at every flush. */
    public static StreamTerms book(int depth, int group) {
        return new StreamTerms(depth, group, null, 0);
    }

    /** Candles at every flush. */
    public static StreamTerms candles(CandleInterval interval) {
        return new StreamTerms(0, 0, interval, 0);
    }

    View view(Channel channel) {
        return switch (channel) {
            case BOOK -> new View.Book(depth, group);
            case BBO -> View.Single.BBO;
            case TRADES -> View.Single.TRADES;
            case TICKER -> View.Single.TICKER;
            case CANDLES -> new View.Candles(Objects.requireNonNull(interval, "candles have an interval"));
        };
    }

    /** The same at another pace. */
    public StreamTerms every(int millis) {
        return new StreamTerms(depth, group, interval, millis);
    }
}
