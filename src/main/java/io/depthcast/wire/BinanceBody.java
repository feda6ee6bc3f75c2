package io.depthcast.wire;

import io.depthcast.book.CandleInterval;
import org.jspecify.annotations.Nullable;

/**
 * What of one instrument a request asks for in Binance's dialect.
 *
 * @param interval of candles; null of anything else
 * @param fromMillis candles that begin no earlier, in milliseconds since 1970
 * @param toMillis candles that begin no later
 */
public record BinanceBody(Kind kind, @Nullable CandleInterval interval, long fromMillis, long toMillis)
        implements View {
    /** The answers that there are. */
    public enum Kind {
        DEPTH(Channel.BOOK),
        TRADES(Channel.TRADES),
        AGGREGATE_TRADES(Channel.TRADES),
        KLINES(Channel.CANDLES),
        DAY(Channel.TICKER),
        PRICE(Channel.TICKER),
        BEST(Channel.BBO);

        private final Channel channel;

        Kind(Channel channel) {
            this.channel = channel;
        }
    }

    public static BinanceBody of(Kind kind) {
        return new BinanceBody(kind, null, 0, Long.MAX_VALUE);
    }

    /** Null if there is no such interval. */
    public static @Nullable BinanceBody klines(String interval, long fromMillis, long toMillis) {
        CandleInterval known = CandleInterval.of(interval);
        return known == null ? null : new BinanceBody(Kind.KLINES, known, fromMillis, toMillis);
    }

    boolean isOfAllTime() {
        return fromMillis == 0 && toMillis == Long.MAX_VALUE;
    }

    boolean hasMillis(long millis) {
        return millis >= fromMillis && millis <= toMillis;
    }

    @Override
    public Channel channel() {
        return kind.channel;
    }
}
