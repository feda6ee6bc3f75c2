package io.depthcast.book;

import java.util.List;

/**
 * All that is streamed of one instrument, with the versions that holders know it by: who takes it over tells the same
 * versions, trades and candles as whoever made it. Immutable.
 *
 * @param bids whole side, best first; likewise the asks
 * @param views of the depths, ascending, and of the best level, which is the last
 * @param candles one for each interval, in their order
 */
public record InstrumentSnapshot(
        Instrument instrument,
        Levels bids,
        Levels asks,
        List<ViewStamp> views,
        TapeHistory tape,
        List<CandleHistory> candles) {
    public TradeHistory trades() {
        return new TradeHistory(tape, candles);
    }
}
