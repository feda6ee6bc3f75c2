package io.depthcast.book;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is kept of an instrument's trades: the newest of them, and the candles. Immutable.
 *
 * @param candles one for each interval, in their order
 */
public record TradeHistory(TapeHistory tape, List<CandleHistory> candles) {
    /** Of an instrument of whose trades nothing is kept but how many there were. */
    public static TradeHistory after(long newestId) {
        return new TradeHistory(
                new TapeHistory(newestId, newestId, List.of()),
                Stream.of(CandleInterval.values())
                        .map(each -> new CandleHistory(each, 0, List.of()))
                        .toList());
    }

    /** Time of its newest trade, microseconds since 1970; 0 if it holds none. */
    public long newestMicros() {
        List<Trade> trades = tape.trades();
        return trades.isEmpty() ? 0 : trades.get(trades.size() - 1).timeMicros();
    }

    /** How many trades and candles it holds. */
    public int count() {
        return tape.trades().size()
                + candles.stream().mapToInt(each -> each.entries().size()).sum();
    }
}
