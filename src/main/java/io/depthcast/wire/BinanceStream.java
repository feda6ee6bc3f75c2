package io.depthcast.wire;

import io.depthcast.book.CandleInterval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of an instrument as programs know it that speak Binance's dialect.
 *
 * @param kind what is told
 * @param word what follows the {@code @} in its name: {@code depth@100ms}; of all instruments together the whole name
 * @param levels of a book that is told whole, a side; else 0
 * @param interval of candles; null of anything else
 * @param intervalMillis between two messages
 */
public record BinanceStream(
        Kind kind, String word, int levels, @Nullable CandleInterval interval, int intervalMillis) implements View {

    /** What of an instrument is told. */
    public enum Kind {
        /** How the book changes. */
        DEPTH(Channel.BOOK),
        /** The best levels, whole each time. */
        BEST_LEVELS(Channel.BOOK),
        TRADE(Channel.TRADES),
        AGGREGATE_TRADE(Channel.TRADES),
        KLINE(Channel.CANDLES),
        MINI_TICKER(Channel.TICKER),
        TICKER(Channel.TICKER),
        BOOK_TICKER(Channel.BBO);

        private final Channel channel;

        Kind(Channel channel) {
            this.channel = channel;
        }
    }

    private static final int SLOW_MILLIS = 1_000;
    private static final int FAST_MILLIS = 100;
    /** Of candles longer than a second. */
    private static final int KLINE_MILLIS = 2_000;

    private static final int[] LEVELS = {5, 10, 20};
    private static final Map<String, BinanceStream> OF_ONE = ofOne();
    private static final Map<String, BinanceStream> OF_ALL = ofAll();

    private static Map<String, BinanceStream> ofOne() {
        Map<String, BinanceStream> streams = new LinkedHashMap<>();
        putPaces(streams, Kind.DEPTH, "depth", 0);
        for (int levels : LEVELS) {
            putPaces(streams, Kind.BEST_LEVELS, "depth" + levels, levels);
        }
        for (CandleInterval interval : CandleInterval.values()) {
            int millis = interval == CandleInterval.ONE_SECOND ? SLOW_MILLIS : KLINE_MILLIS;
            put(streams, Kind.KLINE, "kline_" + interval.text(), 0, interval, millis);
        }
        put(streams, Kind.TRADE, "trade", 0, null, 0);
        put(streams, Kind.AGGREGATE_TRADE, "aggTrade", 0, null, 0);
        put(streams, Kind.BOOK_TICKER, "bookTicker", 0, null, 0);
        put(streams, Kind.MINI_TICKER, "miniTicker", 0, null, SLOW_MILLIS);
        put(streams, Kind.TICKER, "ticker", 0, null, SLOW_MILLIS);
        return Collections.unmodifiableMap(streams);
    }

    private static Map<String, BinanceStream> ofAll() {
        Map<String, BinanceStream> streams = new LinkedHashMap<>();
        put(streams, Kind.MINI_TICKER, "!miniTicker@arr", 0, null, SLOW_MILLIS);
        put(streams, Kind.TICKER, "!ticker@arr", 0, null, SLOW_MILLIS);
        put(streams, Kind.BOOK_TICKER, "!bookTicker", 0, null, 0);
        return Collections.unmodifiableMap(streams);
    }

    private static void putPaces(Map<String, BinanceStream> streams, Kind kind, String word, int levels) {
        put(streams, kind, word, levels, null, SLOW_MILLIS);
        put(streams, kind, word + "@1000ms", levels, null, SLOW_MILLIS);
        put(streams, kind, word + "@100ms", levels, null, FAST_MILLIS);
    }

    private static void put(
            Map<String, BinanceStream> streams,
            Kind kind,
            String word,
            int levels,
            @Nullable CandleInterval interval,
            int millis) {
        streams.put(word, new BinanceStream(kind, word, levels, interval, millis));
    }

    /** The stream of one instrument that is called so, null if there is none. */
    public static @Nullable BinanceStream ofOne(String word) {
        return OF_ONE.get(word);
    }

    /** The stream of all instruments that is called so, null if there is none. */
    public static @Nullable BinanceStream ofAll(String name) {
        return OF_ALL.get(name);
    }

    /** Every {@link #list()} that there is but none. */
    static List<String> lists() {
        return OF_ALL.values().stream()
                .map(BinanceStream::list)
                .filter(list -> !list.isEmpty())
                .toList();
    }

    /** Whether it is one of all instruments together. */
    boolean isOfAll() {
        return word.startsWith("!");
    }

    /** What stands for those messages of one moment that travel as one array; empty if each travels alone. */
    public String list() {
        return isOfAll() && kind != Kind.BOOK_TICKER ? word : "";
    }

    @Override
    public Channel channel() {
        return kind.channel;
    }

    @Override
    public String detail() {
        return word;
    }
}
