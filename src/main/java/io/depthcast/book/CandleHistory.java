package io.depthcast.book;

import java.util.List;

/**
 * A candle series as it is carried from one node to another. Immutable.
 *
 * @param version of the last change, 0 before the first
 * @param entries oldest first
 */
public record CandleHistory(CandleInterval interval, long version, List<Entry> entries) {
    /** The same candles, all of which changed in that version. */
    CandleHistory at(long changed) {
        return new CandleHistory(
                interval,
                changed,
                entries.stream().map(each -> new Entry(changed, each.candle())).toList());
    }

    /** @param changed version at which the candle last changed */
    public record Entry(long changed, Candle candle) {}
}
